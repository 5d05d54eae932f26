package dev.whence.standalone.server;

import java.nio.file.Path;
import java.util.Locale;

import dev.whence.standalone.StartException;

/**
 * How the standalone was started.
 *
 * @param port of the gateway
 * @param otlpPort of the second listener for OTLP over HTTP; 0 for none
 * @param grpcPort of the listener for OTLP over gRPC; 0 for none
 * @param data where everything is kept
 */
public record StandaloneOptions(int port, int otlpPort, int grpcPort, Path data) {

	private static final int DEFAULT_PORT = 8080;

	private static final int DEFAULT_OTLP_PORT = 4318;

	private static final int DEFAULT_GRPC_PORT = 4317;

	/**
	 * Reads {@code --port=N}, {@code --otlp-port=N}, {@code --otlp-grpc-port=N} and
	 * {@code --data=DIR}.
	 */
	public static StandaloneOptions parse(String[] args) {
		StandaloneOptions options = new StandaloneOptions(DEFAULT_PORT, DEFAULT_OTLP_PORT, DEFAULT_GRPC_PORT,
				Path.of(".whence"));
		for (String arg : args) {
			String[] option = arg.split("=", 2);
			String value = (option.length > 1) ? option[1] : "";
			options = switch (option[0].toLowerCase(Locale.ROOT)) {
				case "--port" ->
					new StandaloneOptions(port(arg, value), options.otlpPort, options.grpcPort, options.data);
				case "--otlp-port" ->
					new StandaloneOptions(options.port, port(arg, value), options.grpcPort, options.data);
				case "--otlp-grpc-port" ->
					new StandaloneOptions(options.port, options.otlpPort, port(arg, value), options.data);
				case "--data" ->
					new StandaloneOptions(options.port, options.otlpPort, options.grpcPort, Path.of(value));
				default -> throw new StartException("There is no option '" + arg + "'.", null);
			};
		}
		return options;
	}

	private static int port(String option, String value) {
		if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65535) {
			return Integer.parseInt(value);
		}
		throw new StartException("'" + option + "' is not a port between 0 and 65535.", null);
	}

}
