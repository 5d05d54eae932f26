package dev.whence.control.status;

import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import dev.whence.control.build.github.GitHub;
import dev.whence.support.health.DependencyCheck;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api")
@Tag(name = "Status")
class StatusController {

	private final List<DependencyCheck> checks;

	private final GitHub github;

	private final String version;

	private final InstantSource clock;

	StatusController(ObjectProvider<DependencyCheck> checks, GitHub github, Optional<BuildProperties> build,
			InstantSource clock) {
		this.github = github;
		this.checks = checks.orderedStream().toList();
		this.version = build.map(BuildProperties::getVersion).orElse("development");
		this.clock = clock;
	}

	@GetMapping("/health")
	@Operation(summary = "How the service is", description = "Always 200; the body tells.")
	Health health() {
		boolean database = this.checks.stream().allMatch(StatusController::answers);
		return new Health(database ? "healthy" : "degraded", this.version, database ? "healthy" : "unhealthy",
				!this.github.isConfigured() ? "not configured" : this.github.isAnswering() ? "healthy" : "unhealthy",
				now());
	}

	@GetMapping("/ping")
	@Operation(summary = "Whether the service answers")
	Pong ping() {
		return new Pong("pong", now());
	}

	private static boolean answers(DependencyCheck check) {
		try {
			check.check();
			return true;
		}
		catch (Exception ex) {
			return false;
		}
	}

	/** UTC without an offset, as the original wrote it. */
	private LocalDateTime now() {
		return LocalDateTime.ofInstant(this.clock.instant().truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
	}

	record Health(String status, String version, String database, String github, LocalDateTime timestamp) {
	}

	record Pong(String ping, LocalDateTime timestamp) {
	}

}
