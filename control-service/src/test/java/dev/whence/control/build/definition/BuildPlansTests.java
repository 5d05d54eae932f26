package dev.whence.control.build.definition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.whence.control.build.BuildPlan;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BuildPlansTests {

	private static final String YAML = "name: sway\ndescription: d\nmodules: []\n";

	private final Shelf shelf = new Shelf();

	private final BuildPlans plans = new BuildPlans(this.shelf);

	@Test
	void aStoredDefinitionComesBeforeAFileBeforeATextBeforeASystem() {
		this.shelf.stored.put(1L, new DefinitionSource.Definition("mine", "name: stored", "fedora-lxqt", "44", false));
		this.shelf.put("sway-bootc.yml", "name: file");
		this.shelf.put("adnyeus.yml", YAML);
		assertThat(plan(1L, "sway-bootc.yml", "name: text", "fedora").yaml()).isEqualTo("name: stored");
		assertThat(plan(null, "sway-bootc.yml", "name: text", "fedora").yaml()).isEqualTo("name: file");
		assertThat(plan(null, null, "name: text", "fedora").yaml()).isEqualTo("name: text");
		assertThat(plan(null, null, null, "fedora").definition()).isEqualTo("adnyeus.yml");
		refused(() -> plan(null, null, null, null), ProblemCode.REFUSED,
				"config_id, yaml_content, or definition_filename must be provided");
	}

	@Test
	void whatTheRequestDoesNotSayTheDefinitionSays() {
		this.shelf.stored.put(1L, new DefinitionSource.Definition("mine", "name: stored", "fedora-lxqt", "44", false));
		assertThat(plan(1L, null, null, null))
			.isEqualTo(new BuildPlan(1L, "mine", "name: stored", "fedora-lxqt", "44", false, null, null, "main"));
		assertThat(plan(null, null, "name: text", null))
			.isEqualTo(new BuildPlan(null, null, "name: text", "fedora-sway-atomic", "43", true, null, null, "main"));
		WantedBuild wanted = new WantedBuild(1L, null, null, null, "fedora-bootc", "rawhide", true, "sway", "lxqt",
				"dev");
		assertThat(this.plans.of(ProjectId.DEFAULT, wanted)).isEqualTo(
				new BuildPlan(1L, "mine", "name: stored", "fedora-bootc", "rawhide", true, "sway", "lxqt", "dev"));
	}

	@Test
	void whatDoesNotExistIsNotFound() {
		refused(() -> plan(7L, null, null, null), ProblemCode.NOT_FOUND, "Configuration 7 not found");
		refused(() -> plan(null, "other.yml", null, null), ProblemCode.NOT_FOUND, "Definition 'other.yml' not found");
		refused(() -> plan(null, null, null, "plan9"), ProblemCode.NOT_FOUND,
				"No definition fits the described system");
	}

	@ParameterizedTest
	@ValueSource(strings = { "../../etc/passwd", "/etc/passwd", "..", "a/b.yml", "a\\b.yml", "..secret.yml",
			"a\u0000.yml", "C:boot.yml", "." })
	void namesThatLeadElsewhereAreRefused(String name) {
		refused(() -> plan(null, name, null, null), ProblemCode.REFUSED, "Invalid definition filename");
	}

	@Test
	void whatCannotBeBuiltIsRefusedWithAllReasons() {
		refused(() -> plan(null, null, "bad", null), ProblemCode.REFUSED,
				"Invalid YAML: Missing required field: name, Missing required field: modules");
	}

	@Test
	void theFirstFileThatFitsIsTaken() {
		assertThat(AutoSelect.files(null, null, null, "lxqt")).first().isEqualTo("sway-bootc.yml");
		assertThat(AutoSelect.files(null, "fedora-bootc", "sway", null)).first().isEqualTo("sway-bootc.yml");
		assertThat(AutoSelect.files(null, null, "sway", null)).first().isEqualTo("sway-atomic.yml");
		assertThat(AutoSelect.files("arch", "fedora-kinoite", null, null)).containsExactly("arch-fedora-kinoite.yml",
				"arch.yml", "adnyeus.yml", "sway-bootc.yml");
		assertThat(AutoSelect.files("arch", "fedora-sway-atomic", null, null)).containsExactly(
				"arch-fedora-sway-atomic.yml", "sway-atomic.yml", "arch.yml", "adnyeus.yml", "sway-bootc.yml");
	}

	@Test
	void aSelectedDefinitionIsCutToTheRequestAndSorted() {
		this.shelf.put("sway-bootc.yml",
				"name: sway\ndescription: d\nmodules:\n- type: files\nbuild: null\nimage-version: 42\n");
		WantedBuild wanted = new WantedBuild(null, null, null, null, "fedora-bootc", "44", false, "sway", "lxqt",
				"main");
		assertThat(this.plans.of(ProjectId.DEFAULT, wanted).yaml()).isEqualTo("""
				build:
				  enable_plymouth: false
				description: d
				desktop:
				  desktop_environment: lxqt
				  window_manager: sway
				image-version: 44
				modules:
				- type: files
				name: sway
				""");
	}

	@Test
	void onlyABootableContainerGetsAnotherDesktop() {
		this.shelf.put("sway-atomic.yml", YAML);
		WantedBuild wanted = new WantedBuild(null, null, null, null, "fedora-sway-atomic", null, null, "sway", null,
				"main");
		assertThat(this.plans.of(ProjectId.DEFAULT, wanted).yaml()).doesNotContain("desktop");
	}

	private BuildPlan plan(@Nullable Long id, @Nullable String file, @Nullable String text, @Nullable String os) {
		return this.plans.of(ProjectId.DEFAULT,
				new WantedBuild(id, file, text, os, null, null, null, null, null, "main"));
	}

	private static void refused(Runnable request, ProblemCode code, String detail) {
		assertThatThrownBy(request::run).isInstanceOfSatisfying(ProblemException.class, (problem) -> {
			assertThat(problem.code()).isEqualTo(code);
			assertThat(problem.detail()).isEqualTo(detail);
		});
	}

	/** Definitions in memory. */
	private static final class Shelf implements DefinitionSource {

		private final Map<Long, Definition> stored = new HashMap<>();

		private final Map<String, Definition> files = new HashMap<>();

		void put(String name, String yaml) {
			this.files.put(name, new Definition(name, yaml, null, null, null));
		}

		@Override
		public Optional<Definition> stored(ProjectId project, long id) {
			return Optional.ofNullable(this.stored.get(id));
		}

		@Override
		public Optional<Definition> file(String filename) {
			return Optional.ofNullable(this.files.get(filename));
		}

		@Override
		public List<String> errors(String yaml) {
			return yaml.equals("bad") ? List.of("Missing required field: name", "Missing required field: modules")
					: List.of();
		}

	}

}
