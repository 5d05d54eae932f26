package dev.whence.control.image.containerfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.whence.control.image.document.DefinitionText;
import dev.whence.control.image.document.DocumentLimits;
import dev.whence.control.image.folder.ImageFolder;
import dev.whence.control.image.folder.ImageProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class ContainerfileTests {

	private static final String RULE = "# ------------------------------\n";

	@TempDir
	private Path temporary;

	private ImageFolder folder;

	@BeforeEach
	void fill() throws IOException {
		write("packages/common/remove.yml", "packages: [firefox, foot]\n");
		write("packages/common/base.yml", "metadata: {name: base}\ncore: [zsh, Git, foot]\nmore: [curl, zsh]\n");
		write("packages/window-managers/river.yml", "groups: [wayland-base]\nwm: [river, waybar]\n");
		write("templates/sddm-themes.Containerfile", "RUN themes @source@ @destination@ @config@\n\n");
		this.folder = new ImageFolder(new ImageProperties(this.temporary, null));
	}

	@Test
	void everythingButModulesIsRenderedInItsOrder() {
		assertThat(bootc("labels: {a: 1.10, b: yes}\nmodules: []")).isEqualTo("""
				# ======================================================================
				# Auto-generated Containerfile from n.yml
				# DO NOT EDIT MANUALLY - Changes will be overwritten
				# Generated for: fedora-bootc
				# ======================================================================

				# ------------------------------
				# Build arguments
				# ------------------------------
				ARG FEDORA_VERSION=44
				ARG ENABLE_PLYMOUTH=false
				ARG ENABLE_RKE2=false

				# ------------------------------
				# Base image
				# ------------------------------
				FROM quay.io/fedora/fedora-bootc:44

				# OCI Labels for better metadata
				LABEL a="1.1"
				LABEL b="True"

				# ------------------------------
				# Environment
				# ------------------------------
				ENV BUILD_IMAGE_TYPE=fedora-bootc
				ENV ENABLE_RKE2=false
				ENV enable_rke2=false
				ENV ENABLE_PLYMOUTH=false

				RUN echo "BUILD_IMAGE_TYPE=fedora-bootc" >> /etc/environment && \\
				    echo "ENABLE_PLYMOUTH=false" >> /etc/environment && \\
				    echo "ENABLE_RKE2=false" >> /etc/environment && \\
				    echo "enable_rke2=false" >> /etc/environment && \\
				    echo "LANG=en_US.UTF-8" >> /etc/environment && \\
				    echo "LC_ALL=en_US.UTF-8" >> /etc/environment
				""");
	}

	@ParameterizedTest
	@CsvSource({ "localhost:5000/x/y, localhost:5000/x/y:43", "quay.io/x/y:1, quay.io/x/y:1",
			"quay.io/x/y@sha256:ab, quay.io/x/y@sha256:ab", "y, y:43", "'', quay.io/fedora/fedora-sway-atomic:43" })
	void baseImageGetsTheVersionUnlessItHasOne(String base, String from) {
		assertThat(made("base-image: '" + base + "'\nmodules: []")).contains("\nFROM " + from + "\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			image-type == "fedora-sway-atomic"                           ; true
			image-type==fedora-sway-atomic                               ; true
			enable_plymouth == TRUE                                      ; true
			enable_plymouth == yes                                       ; false
			enable_rke2 == false                                         ; true
			distro == 'fedora'                                           ; true
			window_manager == sway                                       ; true
			distro == arch || distro == fedora && window_manager == sway ; true
			distro == fedora || distro == fedora && window_manager == x  ; false
			distro == arch && distro == fedora || window_manager == sway ; false
			distro == fedora&&distro == fedora                           ; false
			image-type != x                                              ; false
			enable_plymouth                                              ; false
			unheard == true                                              ; false
			""")
	void conditionDecidesAndTheNumbersOfModulesStay(String condition, boolean holds) {
		String made = made("desktop: {window_manager: sway}\nmodules:\n- type: script\n  condition: >-\n    "
				+ condition + "\n  scripts: [echo one]\n- type: script\n  scripts: [echo two]");
		assertThat(made.contains("# Module 1: script")).isEqualTo(holds);
		assertThat(made).contains("# Module 2: script\n" + RULE + "RUN echo two\n");
	}

	@Test
	void filesAreCopiedWithTheirModes() {
		assertThat(module("""
				- type: files
				  files:
				    - {src: a, dst: /a}
				    - {src: b, dst: /b, mode: 0755}
				    - {src: c, dst: /c, mode: }
				    - {src: d}
				""")).isEqualTo("COPY --chmod=0644 a /a\nCOPY --chmod=493 b /b\nCOPY --chmod=None c /c\n");
	}

	@Test
	void packagesAreInstalledAndTheSharedOnesRemoved() {
		assertThat(module("""
				- type: rpm-ostree
				  repos: [https://x.test/f43.rpm]
				  config-manager: [extra]
				  install-conditional:
				    - {condition: enable_plymouth == true, packages: [plymouth]}
				    - {packages: [never]}
				  install: [a, b]
				  remove: [foot, own, own]
				""")).isEqualTo("""
				# hadolint ignore=DL3041,SC2086
				RUN set -euxo pipefail; \\
				    dnf install -y dnf5 dnf5-plugins && \\
				    rm -f /usr/bin/dnf && ln -s /usr/bin/dnf5 /usr/bin/dnf; \\
				    FEDORA_VERSION=$(rpm -E %fedora); \\
				    dnf install -y https://x.test/f${FEDORA_VERSION}.rpm; \\
				    dnf config-manager setopt extra.enabled=1; \\
				    echo "==> Installing 1 conditional packages..."; \\
				    dnf install -y --skip-unavailable plymouth; \\
				    echo "==> Installing 2 custom packages..."; \\
				    dnf install -y a b; \\
				    echo "==> Removing 3 packages..."; \\
				    dnf remove -y foot own firefox; \\
				    dnf upgrade -y; \\
				    dnf clean all
				""");
	}

	@Test
	void packageListsOfTheFolderAreSortedAndRidOfWhatIsRemoved() {
		assertThat(module("- {type: package-loader, window_manager: river}")).contains("""
				    dnf install -y @wayland-base; \\
				    dnf remove -y firefox foot || true; \\
				    dnf install -y --skip-unavailable --exclude=firefox --exclude=foot Git curl river waybar zsh; \\
				    dnf upgrade -y; \\
				""");
	}

	@Test
	void listThatIsNotThereIsSaidInTheContainerfile() {
		assertThat(module("- {type: package-loader, window_manager: nope}"))
			.isEqualTo("# ERROR loading packages: there is no list of the window manager 'nope'\n");
		assertThat(module("- {type: package-loader, window_manager: ../common/base}"))
			.startsWith("# ERROR loading packages: ");
		this.folder = new ImageFolder(new ImageProperties(null, null));
		assertThat(module("- {type: package-loader}"))
			.isEqualTo("# ERROR loading packages: there is no list packages/common/base.yml\n");
		assertThat(module("- {type: sddm-themes}"))
			.isEqualTo("# ERROR loading sddm-themes: there is no template templates/sddm-themes.Containerfile\n");
		assertThat(module("- {type: rpm-ostree}")).doesNotContain("Removing");
	}

	@Test
	void listIsReadAgainOnceItHasChanged() throws IOException {
		assertThat(module("- {type: rpm-ostree}")).contains("dnf remove -y firefox foot;");
		write("packages/common/remove.yml", "packages: [firefox, foot, dunst]\n");
		assertThat(module("- {type: rpm-ostree}")).contains("dnf remove -y firefox foot dunst;");
	}

	@Test
	void themesAreSetUpByTheTemplateOfTheFolder() {
		assertThat(module("- {type: sddm-themes, source: /s}"))
			.isEqualTo("RUN themes /s /usr/share/sddm/themes /etc/sddm.conf.d/99-theme.conf\n");
	}

	@Test
	void unitsAreEnabledAndTheTargetIsSet() {
		assertThat(module("- {type: systemd, default-target: graphical.target, system: {enabled: [a, b]}}")).isEqualTo(
				"RUN systemctl set-default graphical.target && \\\n    systemctl enable a && \\\n    systemctl enable b\n");
		assertThat(module("- {type: systemd, user: {enabled: [a]}}")).isEmpty();
	}

	@Test
	void moduleThatNobodyKnowsLeavesAComment() {
		assertThat(made("modules: [{type: 5}]"))
			.endsWith("# Module 1: 5\n" + RULE + "# WARNING: Unknown module type: 5\n");
		assertThat(made("modules: [{x: 5}]"))
			.endsWith("# Module 1: None\n" + RULE + "# WARNING: Unknown module type: None\n");
	}

	@Test
	void commandsAreJoinedBySemicolons() {
		assertThat(script("""
				# first
				if true; then
				  echo a
				fi

				curl -L \\
				  -o /x
				# last
				""")).isEqualTo("""
				RUN set -e; \\
				    # first
				    if true; then \\
				    echo a; \\
				    fi; \\
				    curl -L \\
				    -o /x
				    # last
				""");
		assertThat(module("- {type: script, scripts: [' echo ']}")).isEqualTo("RUN echo\n");
		assertThat(module("- {type: script, scripts: [a, b]}"))
			.isEqualTo("RUN set -euxo pipefail; \\\n    a; \\\n    b\n");
		assertThat(module("- {type: script, scripts: ['', ' ']}")).isEmpty();
	}

	@Test
	void repairCaseRunsAsItWasWritten() throws Exception {
		String script = "case \"$1\" in\n  a)\n    echo first ;;\n  *) echo other\n  ;;\nesac\necho done\n";
		String mended = script(script);
		assertThat(mended).isEqualTo("RUN <<'WHENCE_SCRIPT'\nset -e\n" + script + "WHENCE_SCRIPT\n");
		assertThat(run(mended)).isEqualTo("other\ndone\n");
		assertThat(lenient(script)).contains("in; \\").contains(";;; \\");
	}

	@Test
	void repairHereDocumentKeepsItsIndentationAndEnds() throws Exception {
		String script = "cat <<EOF\na:\n  b: c\nEOF\necho done\n";
		assertThat(run(script(script))).isEqualTo("a:\n  b: c\ndone\n");
		assertThat(lenient(script))
			.isEqualTo("RUN set -e; \\\n    cat <<EOF\n    a:\n    b: c\n    EOF\n    echo done\n");
	}

	@Test
	void repairHereDocumentWithAnotherDelimiterEnds() throws Exception {
		assertThat(run(script("cat <<'END'\n$x\nEND\necho done\n"))).isEqualTo("$x\ndone\n");
	}

	@Test
	void repairHereStringIsNoHereDocument() throws Exception {
		assertThat(run(script("read -r a <<< 'x y'\necho \"$a\"\n"))).isEqualTo("x y\n");
	}

	@Test
	void repairKeywordAsAnArgumentKeepsItsSemicolon() throws Exception {
		assertThat(run(script("echo do\necho then\necho done\n"))).isEqualTo("do\nthen\ndone\n");
		assertThat(lenient("echo do\necho x\n")).contains("echo do \\");
	}

	@Test
	void repairLineThatEndsInAnOperatorGoesOn() throws Exception {
		assertThat(run(script("true &&\n  echo a |\n  cat\nf() {\n  echo b\n}\nf\n"))).isEqualTo("a\nb\n");
		assertThat(lenient("true &&\necho a\n")).contains("true &&; \\");
	}

	@Test
	void repairScriptOfCommentsSwallowsNothing() {
		assertThat(script("# only\n# comments\n")).isEqualTo("# only\n# comments\n");
		assertThat(lenient("# only\n")).isEqualTo("RUN set -e; \\\n    # only\n");
	}

	@Test
	void repairBackslashAtTheEndSwallowsNothing() {
		assertThat(script("echo a\necho b \\\n")).endsWith("echo b \\\nWHENCE_SCRIPT\n");
	}

	@Test
	void endOfTheScriptIsNothingThatTheScriptContains() {
		assertThat(script("cat <<WHENCE_SCRIPT\nx\nWHENCE_SCRIPT\nRUN id\n")).startsWith("RUN <<'WHENCE_SCRIPT_'\n")
			.endsWith("\nRUN id\nWHENCE_SCRIPT_\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					name: "x\\nRUN id"\\ndescription: d\\nmodules: []                                   | name                      | 1
					name: n\\ndescription: d\\nlabels: {a: "x\\nRUN id"}\\nmodules: []                   | labels.a                  | 3
					name: n\\ndescription: d\\nlabels: {"a\\nRUN id": x}\\nmodules: []                   | labels                    | 3
					name: n\\ndescription: d\\nbase-image: "x:1\\nRUN id"\\nmodules: []                   | base-image                | 3
					name: n\\ndescription: d\\nbuild: {enable_rke2: "x\\nRUN id"}\\nmodules: []           | build.enable_rke2         | 3
					name: n\\ndescription: d\\nmodules: [{type: "x\\nRUN id"}]                           | modules[0].type           | 3
					name: n\\ndescription: d\\nmodules: [{type: files, files: [{src: "a\\nb", dst: c}]}] | modules[0].files[0].src   | 3
					name: n\\ndescription: d\\nmodules: [{type: files, files: [{src: a, dst: "b\\\\"}]}] | modules[0].files[0].dst   | 3
					name: n\\ndescription: d\\nmodules: [{type: rpm-ostree, install: ["a\\rb"]}]         | modules[0].install[0]     | 3
					name: n\\ndescription: d\\nmodules: [{type: systemd, default-target: "a\\0b"}]       | modules[0].default-target | 3
					name: n\\ndescription: d\\nmodules: [{type: sddm-themes, source: "a\\nRUN id"}]      | modules[0].source         | 3
					""")
	void repairLineBreakInAValueIsRefusedWithItsFieldAndLine(String text, String field, int line) {
		String yaml = text.replace("\\ndescription", "\ndescription")
			.replace("\\nlabels", "\nlabels")
			.replace("\\nbase-image", "\nbase-image")
			.replace("\\nbuild", "\nbuild")
			.replace("\\nmodules", "\nmodules");
		for (boolean strict : new boolean[] { true, false }) {
			assertThatExceptionOfType(TranspileException.class).isThrownBy(() -> whole(yaml, options(strict)))
				.satisfies((refusal) -> {
					assertThat(refusal.field()).isEqualTo(field);
					assertThat(refusal.place().line()).isEqualTo(line);
				});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "modules: null", "modules: {}", "modules: [x]", "modules: []\nbuild:",
			"modules: []\ndesktop:", "modules: []\nlabels: [a]", "modules: []\nbase-image: 5",
			"modules: [{type: script, condition: true}]", "modules: [{type: script, scripts: [42]}]",
			"modules: [{type: systemd, system: }]", "modules: [{type: files, files: [x]}]" })
	void valueOfTheWrongFormIsRefused(String rest) {
		assertThatExceptionOfType(TranspileException.class).isThrownBy(() -> made(rest));
	}

	@Test
	void modulesHaveAnEnd() {
		assertThat(made("modules: [" + "{type: package-loader}, ".repeat(1_000) + "]")).contains("# Module 1000:");
		assertThatExceptionOfType(TranspileException.class)
			.isThrownBy(() -> made("modules: [" + "{type: package-loader}, ".repeat(1_001) + "]"));
	}

	@Test
	void reproducibleBuildAsksForADigestAndSetsTheTime() {
		TranspileOptions reproducible = new TranspileOptions(null, "43", true, true, 1_700_000_000L);
		String digest = "quay.io/x/y@sha256:" + "ab".repeat(32);
		assertThat(whole("name: n\ndescription: d\nmodules: []\nbase-image: " + digest, reproducible))
			.contains("\nARG SOURCE_DATE_EPOCH=1700000000\nENV SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH}\n");
		for (String base : new String[] { "quay.io/x/y:1", "quay.io/x/y@sha256:ab", "''" }) {
			assertThatExceptionOfType(TranspileException.class)
				.isThrownBy(() -> whole("name: n\ndescription: d\nmodules: []\nbase-image: " + base, reproducible))
				.satisfies((refusal) -> assertThat(refusal.field()).isEqualTo("base-image"));
		}
	}

	private String made(String rest) {
		return whole("name: n\ndescription: d\n" + rest, options(true));
	}

	private String bootc(String rest) {
		return whole("name: n\ndescription: d\n" + rest, new TranspileOptions("fedora-bootc", "44", false, true, null));
	}

	private String module(String module) {
		return body(made("modules:\n" + module));
	}

	private String script(String script) {
		return body(made("modules:\n- type: script\n  scripts:\n  - |\n" + script.indent(4)));
	}

	private String lenient(String script) {
		return body(whole("name: n\ndescription: d\nmodules:\n- type: script\n  scripts:\n  - |\n" + script.indent(4),
				options(false)));
	}

	private static String body(String made) {
		return made.substring(made.indexOf(RULE, made.indexOf("# Module 1")) + RULE.length());
	}

	private String whole(String yaml, TranspileOptions options) {
		return Containerfile.of(DefinitionText.read(yaml, DocumentLimits.DEFAULT), options, this.folder);
	}

	private static TranspileOptions options(boolean strict) {
		return new TranspileOptions(null, "43", true, strict, null);
	}

	/** What a shell prints when it is given the script of the instruction. */
	private String run(String instruction) throws Exception {
		String script = instruction.substring(instruction.indexOf('\n') + 1,
				instruction.lastIndexOf('\n', instruction.length() - 2) + 1);
		assumeTrue(Files.exists(Path.of("/bin/bash")), "no bash here");
		Process shell = new ProcessBuilder("/bin/bash", "-s").redirectErrorStream(true).start();
		shell.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
		shell.getOutputStream().close();
		return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	private void write(String file, String text) throws IOException {
		Path path = this.temporary.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, text);
	}

}
