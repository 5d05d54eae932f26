package dev.whence.support.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Puts {@code service-defaults.yaml} below everything else and translates
 * {@code DATABASE_URL} and {@code LOG_LEVEL}, whose forms Spring does not know.
 */
class ServiceDefaults implements EnvironmentPostProcessor, Ordered {

	private static final String FILE = "service-defaults.yaml";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		String databaseUrl = environment.getProperty("DATABASE_URL");
		if (databaseUrl != null && !databaseUrl.isBlank()) {
			environment.getPropertySources()
				.addLast(new MapPropertySource("DATABASE_URL", DatabaseUrl.parse(databaseUrl.strip()).asProperties()));
		}
		String logLevel = environment.getProperty("LOG_LEVEL");
		if (logLevel != null && !logLevel.isBlank()) {
			environment.getPropertySources()
				.addLast(new MapPropertySource("LOG_LEVEL", Map.of("logging.level.root", springLevel(logLevel))));
		}
		try {
			new YamlPropertySourceLoader().load(FILE, new ClassPathResource(FILE))
				.forEach(environment.getPropertySources()::addLast);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the shared defaults cannot be read", ex);
		}
	}

	// The original services are Python and say WARNING and CRITICAL.
	private static String springLevel(String level) {
		return switch (level.strip().toUpperCase(Locale.ROOT)) {
			case "WARNING" -> "WARN";
			case "CRITICAL" -> "ERROR";
			case String other -> other;
		};
	}

	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER + 1;
	}

}
