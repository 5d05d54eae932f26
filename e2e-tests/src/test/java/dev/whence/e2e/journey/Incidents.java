package dev.whence.e2e.journey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.GatewayClient.Reply;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Asks about incidents and analyses until there are some. */
final class Incidents {

	static final Duration PATIENCE = Duration.ofSeconds(60);

	private final GatewayClient gateway;

	Incidents(GatewayClient gateway) {
		this.gateway = gateway;
	}

	/** The newest two hundred. */
	List<JsonNode> all() {
		Reply reply = this.gateway.get("/query/incidents", Map.of("limit", 200));
		assertThat(reply.status()).as(reply.body()).isEqualTo(200);
		return elements(reply.json().get("items"));
	}

	/** Those that name the trace or the service. */
	List<JsonNode> about(String trace, String service) {
		return all().stream()
			.filter((incident) -> incident.get("trace_id").asString("").equals(trace)
					|| texts(incident.get("affected_services")).contains(service))
			.toList();
	}

	JsonNode awaitAbout(String trace, String service) {
		return Awaitility.await("an incident about " + trace + " or " + service)
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(250))
			.until(() -> about(trace, service), (found) -> !found.isEmpty())
			.getFirst();
	}

	/** Waits for the incident's analysis. */
	JsonNode awaitAnalysis(String incident) {
		return Awaitility.await("the analysis of incident " + incident)
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(250))
			.until(() -> this.gateway.get("/query/incidents/" + incident + "/analysis"),
					(reply) -> reply.status() == 200)
			.json();
	}

	static List<String> texts(JsonNode array) {
		return elements(array).stream().map(JsonNode::asString).toList();
	}

	static List<JsonNode> elements(JsonNode array) {
		return new ArrayList<>(StreamSupport.stream(array.spliterator(), false).toList());
	}

}
