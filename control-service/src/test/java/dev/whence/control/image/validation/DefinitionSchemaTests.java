package dev.whence.control.image.validation;

import java.util.stream.Stream;

import dev.whence.control.image.vocabulary.Keys;
import dev.whence.control.image.vocabulary.ModuleKind;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class DefinitionSchemaTests {

	private final JsonNode schema = new JsonMapper().valueToTree(DefinitionSchema.asMap());

	@Test
	void schemaAsksForWhatTheValidatorAsksFor() {
		assertThat(this.schema.get("$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
		assertThat(this.schema.get("required").values().stream().map(JsonNode::asString))
			.containsExactlyElementsOf(Keys.REQUIRED);
		assertThat(this.schema.at("/$defs/module/required/0").asString()).isEqualTo("type");
	}

	@Test
	void everyModuleAndEveryKeyThatIsRenderedIsDescribed() {
		for (ModuleKind kind : ModuleKind.values()) {
			JsonNode described = this.schema.at("/$defs/module/allOf")
				.values()
				.stream()
				.filter((branch) -> branch.at("/if/properties/type/const").asString().equals(kind.wireName()))
				.findFirst()
				.orElseThrow()
				.at("/then/properties");
			assertThat(described.propertyNames()).containsAll(kind.keys());
		}
	}

	@Test
	void everyReferenceLeadsSomewhere() {
		assertThat(references(this.schema).distinct()).isNotEmpty()
			.allSatisfy((reference) -> assertThat(this.schema.at(reference.substring(1)).isMissingNode()).isFalse());
	}

	@Test
	void keysThatNobodyReadsAreMarked() {
		assertThat(this.schema.at("/properties/image-version/deprecated").asBoolean()).isTrue();
		assertThat(this.schema.at("/properties/build/properties/enable_plymouth/deprecated").asBoolean()).isTrue();
	}

	private static Stream<String> references(JsonNode node) {
		Stream<String> own = node.has("$ref") ? Stream.of(node.get("$ref").asString()) : Stream.empty();
		return Stream.concat(own, node.values().stream().flatMap(DefinitionSchemaTests::references));
	}

}
