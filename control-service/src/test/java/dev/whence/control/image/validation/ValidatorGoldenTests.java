package dev.whence.control.image.validation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.whence.control.image.GoldenArchive;
import dev.whence.control.image.folder.ImageFolder;
import dev.whence.control.image.folder.ImageProperties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ValidatorGoldenTests {

	@TempDir
	private static Path temporary;

	private static GoldenArchive archive;

	@BeforeAll
	static void unpack() throws Exception {
		archive = GoldenArchive.unpack(temporary);
	}

	@Test
	void everyAnswerIsTheOriginalsAndItsCrashesAreInvalid() {
		DefinitionValidator validator = new DefinitionValidator(
				new ImageFolder(new ImageProperties(archive.folder(), null)));
		List<String> wrong = new ArrayList<>();
		int compared = 0;
		for (JsonNode answer : archive.answers()) {
			String input = answer.get("input").asString();
			if (!archive.has(input)) {
				continue;
			}
			Verdict verdict = validator.validate(archive.text(input));
			JsonNode response = answer.get("response");
			boolean same = response.isNull() ? !verdict.isValid()
					: response.get("valid").asBoolean() == verdict.isValid()
							&& errors(response).equals(verdict.errors())
							&& response.get("warnings").isArray() == verdict.syntaxError();
			if (!same) {
				wrong.add(input + " " + verdict.errors());
			}
			compared++;
		}
		assertThat(wrong).isEmpty();
		assertThat(compared).isGreaterThan(40);
	}

	private static List<String> errors(JsonNode response) {
		List<String> errors = new ArrayList<>();
		response.get("errors").forEach((error) -> errors.add(error.asString()));
		return errors;
	}

}
