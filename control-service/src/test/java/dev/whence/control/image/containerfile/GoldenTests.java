package dev.whence.control.image.containerfile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.whence.control.image.GoldenArchive;
import dev.whence.control.image.GoldenArchive.Case;
import dev.whence.control.image.document.DefinitionText;
import dev.whence.control.image.document.DocumentException;
import dev.whence.control.image.document.DocumentLimits;
import dev.whence.control.image.folder.ImageFolder;
import dev.whence.control.image.folder.ImageProperties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class GoldenTests {

	/** Values that would end their line, which is refused with or without strictness. */
	private static final Set<String> REFUSED_LINE_BREAKS = Set.of("tier3-edge/012-labels",
			"tier3-edge/044-name-newline");

	@TempDir
	private static Path temporary;

	private static GoldenArchive archive;

	private static ImageFolder folder;

	@BeforeAll
	static void unpack() throws Exception {
		archive = GoldenArchive.unpack(temporary);
		folder = new ImageFolder(new ImageProperties(archive.folder(), null));
	}

	@Test
	void everyContainerfileIsTheOriginalsByteForByteButForRefusedLineBreaks() {
		Set<String> different = new TreeSet<>();
		int same = 0;
		for (Case golden : archive.cases()) {
			if (golden.expected() != null) {
				if (golden.expected().equals(made(golden, false))) {
					same++;
				}
				else {
					different.add(definition(golden));
				}
			}
		}
		assertThat(different).isEqualTo(REFUSED_LINE_BREAKS);
		assertThat(same).isGreaterThan(400);
	}

	@Test
	void labelsAreTheOriginalsOnceTheOneWithLineBreaksIsGone() {
		for (Case golden : archive.cases()) {
			if (definition(golden).equals("tier3-edge/012-labels")) {
				String input = golden.input().replace("  multi: |\n    two\n    lines\n", "");
				assertThat(input).isNotEqualTo(golden.input());
				assertThat(made(input, golden, true))
					.isEqualTo(golden.expected().replace("LABEL multi=\"two\nlines\n\"\n", ""));
			}
		}
	}

	@Test
	void strictnessChangesNothingButScriptsThatCouldNotRun() {
		List<String> wrong = new ArrayList<>();
		for (Case golden : archive.cases()) {
			String strict = made(golden, true);
			if (golden.expected() != null && strict != null && !strict.equals(golden.expected())) {
				boolean mended = strict.contains("WHENCE_SCRIPT");
				if (!mended || !withoutScripts(strict).equals(withoutScripts(golden.expected()))) {
					wrong.add(golden.name());
				}
			}
		}
		assertThat(wrong).isEmpty();
	}

	@Test
	void whatFailedInTheOriginalIsRefusedHere() {
		List<String> wrong = new ArrayList<>();
		for (Case golden : archive.cases()) {
			if (golden.expected() == null && made(golden, false) != null) {
				wrong.add(golden.name());
			}
		}
		assertThat(wrong).isEmpty();
	}

	/** What is left when the bodies of all script modules are taken out. */
	private static String withoutScripts(String containerfile) {
		StringBuilder left = new StringBuilder();
		boolean script = false;
		for (String line : containerfile.split("\n")) {
			if (line.startsWith("# Module ")) {
				script = line.endsWith(": script");
			}
			if (!script) {
				left.append(line).append('\n');
			}
		}
		return left.toString();
	}

	private static String definition(Case golden) {
		return golden.name().substring(0, golden.name().lastIndexOf('/'));
	}

	private static String made(Case golden, boolean strict) {
		return made(golden.input(), golden, strict);
	}

	private static String made(String input, Case golden, boolean strict) {
		try {
			return Containerfile.of(DefinitionText.read(input, DocumentLimits.DEFAULT), new TranspileOptions(
					golden.imageType(), golden.fedoraVersion(), golden.enablePlymouth(), strict, null), folder);
		}
		catch (TranspileException | DocumentException ex) {
			return null;
		}
	}

}
