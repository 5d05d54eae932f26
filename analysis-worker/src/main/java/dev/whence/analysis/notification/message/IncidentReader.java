package dev.whence.analysis.notification.message;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import dev.whence.analysis.notification.NotificationProperties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what messages say about incidents, as it is now. */
@Component
public class IncidentReader {

	/** Some receivers refuse longer titles, and nobody reads them. */
	private static final int MAX_TEXT = 500;

	private final JdbcClient jdbc;

	private final JsonMapper json;

	private final NotificationProperties properties;

	IncidentReader(JdbcClient jdbc, JsonMapper json, NotificationProperties properties) {
		this.jdbc = jdbc;
		this.json = json;
		this.properties = properties;
	}

	public Optional<IncidentFacts> find(UUID incident) {
		return this.jdbc.sql("""
				select id, title, status, severity, first_seen, last_seen, affected_services, error_count, version
				from incidents.incident_view where id = :id
				""").param("id", incident).query(this::facts).optional();
	}

	/** What the newest analysis takes for the cause; empty when it found none. */
	public Optional<Cause> cause(UUID incident) {
		return this.jdbc.sql("""
				select verdict, confidence_score, ai_explanation -> 'hypotheses' -> 0 as best
				from incidents.analysis_view where incident_id = :id
				order by incident_version desc limit 1
				""").param("id", incident).query(this::best).optional().flatMap((cause) -> cause);
	}

	/** The page of an incident. */
	public String url(UUID incident) {
		String base = this.properties.publicUrl().toString();
		return (base.endsWith("/") ? base : base + "/") + "incidents/" + incident;
	}

	private IncidentFacts facts(ResultSet rs, int row) throws SQLException {
		UUID id = rs.getObject("id", UUID.class);
		return new IncidentFacts(id, shortened(rs.getString("title")), rs.getString("status").toLowerCase(Locale.ROOT),
				rs.getString("severity").toLowerCase(Locale.ROOT),
				rs.getObject("first_seen", OffsetDateTime.class).toInstant(),
				rs.getObject("last_seen", OffsetDateTime.class).toInstant(), texts(rs.getArray("affected_services")),
				rs.getLong("error_count"), rs.getLong("version"), url(id));
	}

	private Optional<Cause> best(ResultSet rs, int row) throws SQLException {
		String best = rs.getString("best");
		if (best == null) {
			return Optional.empty();
		}
		JsonNode hypothesis = this.json.readTree(best);
		String statement = text(hypothesis.path("statement"));
		if (statement == null) {
			return Optional.empty();
		}
		return Optional.of(new Cause(rs.getString("verdict"), text(hypothesis.path("service")), statement,
				text(hypothesis.path("evidence").path(0).path("statement")), rs.getDouble("confidence_score")));
	}

	private static @Nullable String text(JsonNode node) {
		return (node.isString() && !node.stringValue().isBlank()) ? shortened(node.stringValue()) : null;
	}

	// What a log line says may hold anything; a message is one line of text.
	private static String shortened(String text) {
		String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
		if (line.length() <= MAX_TEXT) {
			return line;
		}
		int end = Character.isHighSurrogate(line.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
		return line.substring(0, end) + "…";
	}

	private static List<String> texts(Array array) throws SQLException {
		return List.of((String[]) array.getArray());
	}

}
