package dev.whence.gateway.route;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.validation.constraints.AssertTrue;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the services behind the gateway listen: scheme, host and port, no path.
 */
@Validated
@ConfigurationProperties("whence.gateway.services")
public record ServiceProperties(@DefaultValue("http://localhost:8081") URI ingest,
		@DefaultValue("http://localhost:8082") URI query, @DefaultValue("http://localhost:8083") URI analysis,
		@DefaultValue("http://localhost:8084") URI instrumenter, @DefaultValue("http://localhost:8085") URI control) {

	@AssertTrue(message = "every service needs an address like http://host:port")
	boolean isAddresses() {
		return byName().values().stream().allMatch(ServiceProperties::isAddress);
	}

	/** All addresses by the name of the service, in the order of the routes. */
	public Map<String, URI> byName() {
		Map<String, URI> addresses = new LinkedHashMap<>();
		for (Upstream upstream : Upstream.values()) {
			addresses.put(upstream.id(), of(upstream));
		}
		return addresses;
	}

	/** The address of the service. */
	public URI of(Upstream upstream) {
		return switch (upstream) {
			case INGEST -> this.ingest;
			case QUERY -> this.query;
			case ANALYSIS -> this.analysis;
			case INSTRUMENTER -> this.instrumenter;
			case CONTROL -> this.control;
		};
	}

	private static boolean isAddress(URI uri) {
		return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null
				&& (uri.getPath().isEmpty() || "/".equals(uri.getPath()));
	}

}
