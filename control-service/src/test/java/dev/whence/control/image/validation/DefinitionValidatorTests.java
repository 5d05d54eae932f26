package dev.whence.control.image.validation;

import java.util.List;

import dev.whence.control.image.folder.ImageFolder;
import dev.whence.control.image.folder.ImageProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DefinitionValidatorTests {

	private static final String HEAD = "name: n\ndescription: d\n";

	private final DefinitionValidator validator = new DefinitionValidator(
			new ImageFolder(new ImageProperties(null, null)));

	@Test
	void goodDefinitionHasNeitherErrorsNorProblems() {
		Verdict verdict = this.validator.validate(HEAD + """
				base-image: quay.io/x/y:1
				modules:
				  - type: script
				    condition: enable_plymouth == true
				    scripts: [echo]
				""");
		assertThat(verdict.isValid()).isTrue();
		assertThat(verdict.problems()).isEmpty();
	}

	@Test
	void missingFieldsAreToldInTheirOrder() {
		assertThat(this.validator.validate("x: y").errors()).containsExactly("Missing required field: name",
				"Missing required field: description", "Missing required field: modules");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "# c", "text", "5", "[name, description, modules]", "name description modules" })
	void whatIsNoMappingLacksEverything(String text) {
		Verdict verdict = this.validator.validate(text);
		assertThat(verdict.isValid()).isFalse();
		assertThat(verdict.errors()).hasSize(3);
	}

	@Test
	void modulesOfTheWrongFormAreCountedFromZero() {
		assertThat(this.validator.validate(HEAD + "modules: {}").errors()).containsExactly("'modules' must be a list");
		assertThat(this.validator.validate(HEAD + "modules: [x, {y: z}, {type: script}]").errors())
			.containsExactly("Module 0 must be a dictionary", "Module 1 missing 'type' field");
	}

	@Test
	void syntaxErrorStandsAlone() {
		Verdict verdict = this.validator.validate("a: [");
		assertThat(verdict.syntaxError()).isTrue();
		assertThat(verdict.errors()).singleElement()
			.asString()
			.startsWith("YAML syntax error: while parsing a flow node");
		assertThat(verdict.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.line()).isEqualTo(1);
			assertThat(problem.column()).isEqualTo(5);
		});
	}

	@Test
	void misspelledKeyIsPointedAtWhereItStands() {
		Problem problem = this.validator.validate("name: n\ndescritpion: d\nmodules: []\n").problems().getFirst();
		assertThat(problem.message()).isEqualTo("Missing required field: description");
		assertThat(problem.line()).isEqualTo(2);
		assertThat(problem.column()).isEqualTo(1);
		assertThat(problem.suggestion()).isEqualTo("description");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					modules: [{type: scirpt}]                                          | unknown-module-type  | modules[0].type      | script
					modules: [{type: files, file: []}]                                 | unknown-key          | modules[0].file      | files
					modules: [{type: files, conditon: x}]                              | unknown-key          | modules[0].conditon  | condition
					modules: [{type: systemd, user: {enabled: [a]}}]                   | ignored-key          | modules[0].user      |
					modules: [{type: systemd, system: {masked: [a]}}]                  | ignored-key          | modules[0].system.masked |
					modules: [{type: script, condition: "image-type != x"}]            | unsupported-operator | modules[0].condition |
					modules: [{type: script, condition: "enable_plymouth"}]            | no-comparison        | modules[0].condition |
					modules: [{type: script, condition: "enable_plymoth == true"}]     | unknown-operand      | modules[0].condition | enable_plymouth
					modules: [{type: script, condition: "distro == a && b != c"}]      | unsupported-operator | modules[0].condition |
					modules: [{type: script, condition: 5}]                            | not-buildable        | modules[0].condition |
					modules: [{type: script, scripts: ["export API_KEY=abcdef123"]}]   | secret               | modules[0].scripts[0] |
					modules: [{type: script, scripts: ["echo a # b\\necho c"]}]        | comment-behind-command | modules[0].scripts |
					{image-version: 42, modules: []}                                   | ignored-key          | image-version        |
					{build: {enable_plymouth: true}, modules: []}                      | ignored-key          | build.enable_plymouth |
					{build: {enable_rk2: true}, modules: []}                           | unknown-key          | build.enable_rk2     | enable_rke2
					{desktop: {windowmanager: sway}, modules: []}                      | unknown-key          | desktop.windowmanager | window_manager
					{base-image: quay.io/x/y, modules: []}                             | untagged-base        | base-image           |
					{base-image: "quay.io/x/y:latest", modules: []}                    | untagged-base        | base-image           |
					{image-type: fedora-bootcc, modules: []}                           | unknown-image-type   | image-type           | fedora-bootc
					{labels: {a: "x\\nRUN id"}, modules: []}                           | not-buildable        | labels.a             |
					{labels: {a: ghp_abcdefghijklmnopqrstuvwxyz0123456789}, modules: []} | secret             | labels.a             |
					""")
	void whatIsValidAndNotMeantIsAWarning(String rest, String code, String path, String suggestion) {
		String text = rest.startsWith("{") ? "{name: n, description: d, " + rest.substring(1) : HEAD + rest;
		Verdict verdict = this.validator.validate(text);
		assertThat(verdict.isValid()).isTrue();
		assertThat(verdict.problems()).anySatisfy((problem) -> {
			assertThat(problem.severity()).isEqualTo("warning");
			assertThat(problem.code()).isEqualTo(code);
			assertThat(problem.path()).isEqualTo(path);
			assertThat(problem.suggestion()).isEqualTo(suggestion);
			assertThat(problem.message()).doesNotContain("abcdef");
		});
	}

	@Test
	void warningsAreSentencesWithPlaces() {
		assertThat(this.validator.validate(HEAD + "modules:\n  - type: scirpt\n").warnings())
			.isEqualTo(List.of("line 4, column 11: 'scirpt' is no module type that is rendered; it leaves a comment"
					+ " (did you mean 'script'?)"));
	}

}
