package dev.whence.standalone.evaluate.installation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.standalone.evaluate.data.TopologyFile;

/**
 * Says what runs where and who calls whom as real systems do: every scrape of something
 * that runs is a point of the metric {@code up} whose resource names service, instance
 * and host; a service graph counts the calls between a client and a server.
 */
public final class TopologySender {

	private static final String UP = "up";

	private static final String CALLS = "traces_service_graph_request_total";

	private final ProjectClient client;

	public TopologySender(ProjectClient client) {
		this.client = client;
	}

	/** One scrape of everything. */
	public void send(TopologyFile topology, Instant at) {
		List<Map<String, Object>> resources = new ArrayList<>();
		for (TopologyFile.Placement placement : topology.placements()) {
			Map<String, String> resource = new LinkedHashMap<>(Map.of("service.name", placement.service()));
			if (placement.instance() != null) {
				resource.put("service.instance.id", placement.instance());
			}
			if (placement.host() != null) {
				resource.put("host.name", placement.host());
			}
			resources.add(metric(resource, UP, List.of(point(Map.of(), at))));
		}
		if (!topology.calls().isEmpty()) {
			resources.add(metric(Map.of("service.name", "service-graph"), CALLS,
					topology.calls()
						.stream()
						.map((call) -> point(Map.of("client", call.caller(), "server", call.callee()), at))
						.toList()));
		}
		if (!resources.isEmpty()) {
			this.client.post("/v1/metrics", Map.of("resourceMetrics", resources));
		}
	}

	private static Map<String, Object> metric(Map<String, String> resource, String name,
			List<Map<String, Object>> points) {
		return Map.of("resource", Map.of("attributes", attributes(resource)), "scopeMetrics",
				List.of(Map.of("metrics", List.of(Map.of("name", name, "gauge", Map.of("dataPoints", points))))));
	}

	private static Map<String, Object> point(Map<String, String> attributes, Instant at) {
		return Map.of("timeUnixNano", at.getEpochSecond() + "000000000", "asDouble", 1, "attributes",
				attributes(attributes));
	}

	private static List<Map<String, Object>> attributes(Map<String, String> attributes) {
		return attributes.entrySet()
			.stream()
			.map((attribute) -> Map.<String, Object>of("key", attribute.getKey(), "value",
					Map.of("stringValue", attribute.getValue())))
			.toList();
	}

}
