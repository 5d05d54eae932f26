package dev.whence.e2e.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.whence.e2e.platform.Repository;

/**
 * What the real configuration of a service says, from its YAML.
 *
 * @param own the service's file
 * @param shared the defaults of all services
 */
record ServiceSettings(String own, String shared) {

	static ServiceSettings of(String module) {
		Path root = Repository.root();
		try {
			return new ServiceSettings(
					Files.readString(root.resolve(module + "/src/main/resources/" + module + ".yaml")),
					Files.readString(root.resolve("service-support/src/main/resources/service-defaults.yaml")));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Where it listens unless it is told otherwise. */
	int defaultOf(String variable) {
		Matcher port = Pattern.compile("\\$\\{" + variable + ":(\\d+)}").matcher(this.own);
		if (!port.find()) {
			throw new IllegalStateException("No default for " + variable);
		}
		return Integer.parseInt(port.group(1));
	}

	/** Whether a variable is named where settings are explained. */
	boolean knows(String variable) {
		Pattern word = Pattern.compile("(?<![A-Z0-9_])" + variable + "(?![A-Z0-9_])");
		return word.matcher(this.own).find() || word.matcher(this.shared).find();
	}

}
