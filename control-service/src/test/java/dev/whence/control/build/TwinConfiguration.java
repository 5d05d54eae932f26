package dev.whence.control.build;

import java.util.List;
import java.util.Optional;

import dev.whence.control.build.definition.DefinitionSource;
import dev.whence.control.build.github.GitHubTwin;
import dev.whence.control.build.tracking.BuildApi;
import dev.whence.model.ProjectId;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** A twin of GitHub, and one definition. */
@TestConfiguration(proxyBeanMethods = false)
class TwinConfiguration {

	@Bean(destroyMethod = "close")
	GitHubTwin gitHubTwin() {
		return GitHubTwin.start();
	}

	@Bean
	DynamicPropertyRegistrar twinAddress(GitHubTwin twin) {
		return (registry) -> registry.add("whence.builds.github.api-url", twin::url);
	}

	@Bean
	@Primary
	DefinitionSource definitions() {
		return new DefinitionSource() {

			@Override
			public Optional<Definition> stored(ProjectId project, long id) {
				return (project.equals(ProjectId.DEFAULT) && id == 1)
						? Optional.of(new Definition("stored", BuildApi.YAML, "fedora-bootc", "44", false))
						: Optional.empty();
			}

			@Override
			public Optional<Definition> file(String filename) {
				return filename.equals("sway-bootc.yml")
						? Optional.of(new Definition("sway", BuildApi.YAML, null, null, null)) : Optional.empty();
			}

			@Override
			public List<String> errors(String yaml) {
				return yaml.contains("[[[") ? List.of("YAML syntax error: mapping values are not allowed here")
						: List.of();
			}

		};
	}

}
