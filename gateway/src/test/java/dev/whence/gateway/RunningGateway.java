package dev.whence.gateway;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The gateway as it is deployed, on a free port, with the services the test puts behind
 * it.
 */
public final class RunningGateway implements AutoCloseable {

	private static final Map<String, String> DEFAULTS = Map.of("server.port", "0", "server.address", "127.0.0.1",
			"whence.security.mode", "open", "whence.security.hosts", "*", "whence.gateway.otlp.port", "0",
			"whence.gateway.grpc.port", "0", "logging.structured.format.console", "");

	private final ConfigurableApplicationContext context;

	private RunningGateway(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts a gateway that requires no credentials has no OTLP ports and no Redis,
	 * unless the settings say otherwise.
	 * @param settings {@code key=value}
	 */
	public static RunningGateway with(String... settings) {
		Map<String, String> chosen = new LinkedHashMap<>(DEFAULTS);
		for (String setting : settings) {
			int equals = setting.indexOf('=');
			chosen.put(setting.substring(0, equals), setting.substring(equals + 1));
		}
		String[] arguments = chosen.entrySet()
			.stream()
			.map((setting) -> "--" + setting.getKey() + "=" + setting.getValue())
			.toArray(String[]::new);
		return new RunningGateway(
				new SpringApplicationBuilder(GatewayApplication.class).properties(GatewayApplication.CONFIGURATION)
					.run(arguments));
	}

	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	public Exchange get(String path, String... headers) {
		return send("GET", path, "", headers);
	}

	public Exchange post(String path, String body, String... headers) {
		return send("POST", path, body, headers);
	}

	public Exchange send(String method, String path, String body, String... headers) {
		return Exchange.send(port(), method, path, body, headers);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
