package dev.whence.ingest.signal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import javax.sql.DataSource;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The health answer of the original ingestion API. */
@RestController
class IngestHealthController {

	private static final String SERVICE = "ingestion-api";

	private final DataSource dataSource;

	IngestHealthController(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	@GetMapping("/ingest/health")
	ResponseEntity<Map<String, String>> health() {
		try (Connection connection = this.dataSource.getConnection()) {
			if (connection.isValid(2)) {
				return ResponseEntity.ok(Map.of("status", "healthy", "database", "connected", "service", SERVICE));
			}
			return unhealthy("the database does not answer");
		}
		catch (SQLException ex) {
			return unhealthy("the database cannot be reached");
		}
	}

	private static ResponseEntity<Map<String, String>> unhealthy(String reason) {
		return ResponseEntity.status(503)
			.body(Map.of("status", "unhealthy", "database", "disconnected", "error", reason, "service", SERVICE));
	}

}
