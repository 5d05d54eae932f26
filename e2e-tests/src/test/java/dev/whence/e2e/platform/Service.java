package dev.whence.e2e.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

import dev.whence.model.Sha256;
import org.jspecify.annotations.Nullable;

/** The services, in the order in which they are started. */
public enum Service {

	CONTROL("control-service"), INGEST("ingest-service"), QUERY("query-service"), ANALYSIS("analysis-worker"),
	INSTRUMENTER("instrumenter-service"), GATEWAY("gateway");

	private final String module;

	private @Nullable Path unpacked;

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

	/**
	 * The jar unpacked as in the images, which starts with two thirds of the CPU.
	 * Unpacked once for each build, which only its content tells: all jars are written at
	 * the same time.
	 */
	synchronized Path unpackedJar() {
		if (this.unpacked == null) {
			Path jar = jar();
			Path folder = Repository.unpacked().resolve(this.module);
			try {
				unpack(jar, folder);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
			this.unpacked = folder.resolve(jar.getFileName());
		}
		return this.unpacked;
	}

	private static void unpack(Path jar, Path folder) throws IOException, InterruptedException {
		Path origin = folder.resolve("unpacked-from");
		String content = HexFormat.of().formatHex(Sha256.newDigest().digest(Files.readAllBytes(jar)));
		if (Files.exists(origin) && Files.readString(origin).equals(content)) {
			return;
		}
		Process tools = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Djarmode=tools", "-jar", jar.toString(), "extract", "--force", "--destination", folder.toString())
			.redirectErrorStream(true)
			.start();
		String printed = new String(tools.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (tools.waitFor() != 0) {
			throw new IllegalStateException(jar + " could not be unpacked: " + printed);
		}
		Files.writeString(origin, content);
	}

}
