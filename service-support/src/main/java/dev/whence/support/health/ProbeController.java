package dev.whence.support.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.support.drain.Drain;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The probes of the original services. {@code /health} says that the process lives and
 * asks nobody else; {@code /readiness} names every dependency and says no once the
 * service was told to end.
 */
@RestController
class ProbeController {

	private final List<DependencyCheck> checks;

	private final Drain drain;

	ProbeController(List<DependencyCheck> checks, Drain drain) {
		this.checks = checks;
		this.drain = drain;
	}

	@GetMapping("/health")
	Map<String, String> health() {
		return Map.of("status", "ok");
	}

	@GetMapping("/readiness")
	ResponseEntity<Map<String, Object>> readiness() {
		Map<String, String> dependencies = new LinkedHashMap<>();
		boolean ready = !this.drain.isDraining();
		if (!ready) {
			dependencies.put("error_message", "The service is about to end");
		}
		for (DependencyCheck check : this.checks) {
			try {
				check.check();
				dependencies.put(check.name(), "ok");
			}
			catch (Exception failure) {
				ready &= !check.required();
				dependencies.put(check.name(), "error");
				dependencies.putIfAbsent("error_message", check.name() + ": " + failure.getMessage());
			}
		}
		return ready ? ResponseEntity.ok(Map.of("status", "ready", "dependencies", dependencies))
				: ResponseEntity.status(503)
					.header("Retry-After", "2")
					.body(Map.of("detail", Map.of("status", "not_ready", "dependencies", dependencies)));
	}

}
