package dev.whence.control.image.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.control.image.document.DefinitionText;
import dev.whence.control.image.document.DocumentLimits;
import dev.whence.control.image.document.PythonText;
import dev.whence.control.image.recipe.ImportedRecipe.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BlueBuildRecipeTests {

	@Test
	void whatADefinitionCanDoIsCarriedOverAndTheRestIsListed() {
		ImportedRecipe imported = BlueBuildRecipe.read("""
				name: my desktop
				description: "mine: all"
				base-image: ghcr.io/ublue-os/silverblue-main
				image-version: 43
				alt-tags: [x]
				modules:
				  - type: files
				    files:
				      - source: system
				        destination: /
				  - type: dnf
				    repos:
				      copr: [a/b]
				    install:
				      skip-unavailable: true
				      packages: [micro, "yes"]
				    remove:
				      packages: [firefox]
				  - type: script@v1
				    snippets:
				      - |
				        echo a
				        echo b
				    scripts: [setup.sh]
				  - type: systemd
				    system:
				      enabled: [sshd.service]
				      masked: [x.service]
				  - type: default-flatpaks
				  - from-file: common.yml
				""");
		assertThat(imported.name()).isEqualTo("my-desktop");
		assertThat(imported.yaml()).isEqualTo("""
				name: "my desktop"
				description: "mine: all"
				image-type: fedora-bootc
				base-image: ghcr.io/ublue-os/silverblue-main:43
				modules:
				  - type: files
				    files:
				      - src: files/system
				        dst: "/"
				  - type: rpm-ostree
				    install:
				      - micro
				      - "yes"
				    remove:
				      - firefox
				  - type: script
				    scripts:
				      - |
				        echo a
				        echo b
				  - type: systemd
				    system:
				      enabled:
				        - sshd.service
				""");
		assertThat(imported.notCarriedOver()).extracting(Loss::path)
			.containsExactly("alt-tags", "modules[1].install.skip-unavailable", "modules[1].repos",
					"modules[2].scripts", "modules[3].system.masked", "modules[4].type", "modules[5].from-file");
		assertThat(imported.notCarriedOver().getFirst().line()).isEqualTo(5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "[]", "name: x", "name: x\nmodules: {}", "modules: []" })
	void textThatIsNoRecipeIsRefused(String text) {
		assertThatExceptionOfType(RecipeException.class).isThrownBy(() -> BlueBuildRecipe.read(text));
	}

	@Test
	void modulesOfAnyFormEndInTheListOrInTheDefinition() {
		ImportedRecipe imported = BlueBuildRecipe
			.read("""
					name: x
					modules: [5, {}, {type: files, files: [a]}, {type: rpm-ostree, install: b}, {type: copy, src: a, dest: /b},
					          {type: copy, from: c, src: a, dest: /b}, {type: dnf, install: [d, {e: f}]}]
					""");
		assertThat(imported.notCarriedOver()).hasSize(6);
		assertThat(imported.yaml()).contains("src: a").contains("- d\n");
	}

	@Test
	void whateverIsWrittenReadsTheSame() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("name", "on");
		map.put("12",
				List.of("0755", "~", "null", "", " x", "x ", "a: b", "#c", "it's", "\"q\"", "a\nb", "a\nb\n",
						"a\n\nb\n", "\n", "\n\n", " a\nb\n", "a\n\n", "tab\t", "é😀", "\u2028", "2025-01-02", "1:2",
						"- x", "x:y", "\\"));
		map.put("empty", List.of());
		map.put("none", Map.of());
		map.put("deep", List.of(Map.of("k", List.of(Map.of("l", "m\nn\n")))));
		assertThat(PythonText.repr(DefinitionText.read(DefinitionWriter.write(map), DocumentLimits.DEFAULT))).isEqualTo(
				PythonText.repr(DefinitionText.read(new JsonMapper().writeValueAsString(map), DocumentLimits.DEFAULT)));
	}

}
