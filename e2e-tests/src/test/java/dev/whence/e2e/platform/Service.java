package dev.whence.e2e.platform;

import java.nio.file.Files;
import java.nio.file.Path;

/** The services, in the order in which they are started. */
public enum Service {

	CONTROL("control-service"), INGEST("ingest-service"), QUERY("query-service"), ANALYSIS("analysis-worker"),
	INSTRUMENTER("instrumenter-service"), GATEWAY("gateway");

	private final String module;

	Service(String module) {
		this.module = module;
	}

	public String module() {
		return this.module;
	}

	/** The gateway's variable that says where this service is. */
	String urlVariable() {
		return "WHENCE_" + name() + "_URL";
	}

	/** The executable jar, once built. */
	public Path jar() {
		String version = System.getProperty("whence.e2e.version", "0.1.0-SNAPSHOT");
		Path jar = Repository.root().resolve(this.module + "/target/" + this.module + "-" + version + "-app.jar");
		if (!Files.exists(jar)) {
			throw new IllegalStateException(
					jar + " is missing: run ./mvnw -pl e2e-tests -am verify, which builds it first");
		}
		return jar;
	}

}
