package dev.whence.benchmarks.ingest.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What figures depend on and a reader has to know. */
public final class Surroundings {

	private Surroundings() {
	}

	/** Machine, kernel, JDK, PostgreSQL and commit, each in a few words. */
	public static Map<String, String> describe(Path root, DatabaseServer database) {
		Map<String, String> facts = new LinkedHashMap<>();
		facts.put("cpu", Runtime.getRuntime().availableProcessors() + " x " + first("/proc/cpuinfo", "model name"));
		facts.put("memory", first("/proc/meminfo", "MemTotal"));
		facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
		facts.put("jdk", Runtime.version() + " " + System.getProperty("java.vm.vendor", ""));
		facts.put("postgresql", database.query("select version()").getFirst());
		facts.put("settings", String.join(", ", database.query("""
				select name || '=' || current_setting(name) from pg_settings
				 where name in ('fsync', 'synchronous_commit', 'shared_buffers', 'max_wal_size', 'wal_level',
				                'full_page_writes', 'wal_compression', 'commit_delay')
				 order by name
				""")));
		String changed = command(root, "git", "status", "--porcelain", "--untracked-files=no");
		facts.put("commit",
				command(root, "git", "rev-parse", "--short", "HEAD") + (changed.isEmpty() ? "" : " + changes"));
		facts.put("load average before", read(Path.of("/proc/loadavg")).strip());
		return facts;
	}

	private static String first(String file, String key) {
		return read(Path.of(file)).lines()
			.filter((line) -> line.startsWith(key))
			.map((line) -> line.substring(line.indexOf(':') + 1).strip())
			.findFirst()
			.orElse("unknown");
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

	private static String command(Path folder, String... command) {
		try {
			Process process = new ProcessBuilder(List.of(command)).directory(folder.toFile()).start();
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

}
