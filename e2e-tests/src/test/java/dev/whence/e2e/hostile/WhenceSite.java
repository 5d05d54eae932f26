package dev.whence.e2e.hostile;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.GatewayClient.Reply;
import dev.whence.e2e.platform.Service;
import dev.whence.e2e.platform.Whence;

import static org.assertj.core.api.Assertions.assertThat;

/** The six processes behind their gateway. */
final class WhenceSite implements Site, AutoCloseable {

	private static final List<String> NEVER_IN_LOGS = List.of("StackOverflowError", "OutOfMemoryError", "hunter2",
			Whence.KEY, People.PASSWORD);

	/** What a JVM of 320 MB heap may take in all; more is a leak outside the heap. */
	private static final long RESIDENT_KIB = 1024 * 1024;

	private final Whence whence = Whence.running();

	private final GatewayClient gateway = this.whence.gateway();

	private final Connection connection;

	private final Map<Service, Long> pids = new EnumMap<>(Service.class);

	private final Map<Service, Long> logsRead = new EnumMap<>(Service.class);

	private final People people;

	private String canary = "";

	WhenceSite() {
		try {
			this.connection = this.whence.database().dataSource().getConnection();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		for (Service service : Service.values()) {
			this.pids.put(service, this.whence.process(service).pid());
			this.logsRead.put(service, this.whence.process(service).log().toFile().length());
		}
		newCanary();
		this.people = new People(this.gateway);
		ownSomething();
	}

	/** What another tenant may ask for and must not get. */
	private void ownSomething() {
		Reply definition = this.gateway.post("/api/config/",
				Map.of("name", "owned", "yaml_content", "name: owned\ndescription: d\nmodules: []\n"));
		assertThat(definition.status()).as(definition.body()).isEqualTo(201);
		// Nobody has told it of a GitHub, so that it stays as it is.
		this.gateway.post("/api/build/trigger", Map.of("config_id", 1, "ref", "main"));
	}

	/** Stores a good signal that must be found from now on. */
	void newCanary() {
		this.canary = "canary-" + UUID.randomUUID().toString().substring(0, 8);
		Reply reply = this.gateway.post("/ingest/logs",
				Map.of("signal_id", UUID.randomUUID().toString(), "trace_id", this.canary, "service_name", "canary",
						"timestamp", Instant.now().toString(), "level", "INFO", "message", "m", "attributes",
						Map.of()));
		assertThat(reply.status()).as(reply.body()).isEqualTo(202);
	}

	@Override
	public int port() {
		return Integer.parseInt(this.gateway.url().substring(this.gateway.url().lastIndexOf(':') + 1));
	}

	@Override
	public int grpcPort() {
		return this.whence.otlpGrpcPort();
	}

	@Override
	public String key() {
		return Whence.KEY;
	}

	@Override
	public String credential(String auth) {
		return auth.equals("user") ? this.people.user() : this.people.otherTenant();
	}

	@Override
	public String keyId() {
		return this.people.keyId();
	}

	@Override
	public String staleToken() {
		return this.people.stale();
	}

	@Override
	public boolean victimSignsIn() {
		return this.people.victimSignsIn();
	}

	@Override
	public boolean userGainedSomething() {
		return this.people.userGainedSomething();
	}

	@Override
	public long rows() {
		return number("""
				select (select count(*) from signals.log_record) + (select count(*) from signals.span)
				     + (select count(*) from signals.metric_point)
				     + (select count(*) from signals.run_event)""");
	}

	@Override
	public long copies(String signalId) {
		return number("""
				select (select count(*) from signals.log_record where signal_id = ?::uuid)
				     + (select count(*) from signals.span where signal_id = ?::uuid)
				     + (select count(*) from signals.metric_point where signal_id = ?::uuid)""", signalId, signalId,
				signalId);
	}

	@Override
	public long storedCharacters(String signalId) {
		return number("select coalesce(sum(length(attributes)), 0) from signals.log_record where signal_id = ?::uuid",
				signalId);
	}

	/** How many of these logs are stored once, and how many more often. */
	long copiesOf(List<String> signalIds, boolean moreThanOnce) {
		return number("""
				select count(*) from (select signal_id from signals.log_record
				  join unnest(?::uuid[]) as wanted (id) on id = signal_id
				 group by signal_id having (count(*) > 1) = %s) found""".formatted(moreThanOnce),
				"{" + String.join(",", signalIds) + "}");
	}

	@Override
	public List<String> complaints() {
		List<String> complaints = new ArrayList<>();
		for (Service service : Service.values()) {
			if (!this.whence.process(service).isAlive()
					|| this.whence.process(service).pid() != this.pids.get(service)) {
				complaints.add(service.module() + " has ended");
			}
			else if (residentKib(service) > RESIDENT_KIB) {
				complaints.add(service.module() + " takes " + residentKib(service) + " KiB");
			}
			complaints.addAll(newLines(service).flatMap((line) -> complaint(service, line)).toList());
		}
		Reply reply = this.gateway.get("/query/traces/" + this.canary);
		if (reply.status() != 200 || !reply.body().contains(this.canary)) {
			complaints.add("the canary cannot be read: " + reply.status() + " " + reply.body());
		}
		return complaints;
	}

	@Override
	public void close() {
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// One log line is one JSON object, whatever was in the message.
	private static Stream<String> complaint(Service service, String line) {
		if (line.startsWith("WARNING: ") || line.startsWith("OpenJDK ")) {
			// Of the JVM itself, once.
			return Stream.empty();
		}
		if (!line.startsWith("{") || !line.endsWith("}")) {
			return Stream.of(service.module() + " logged what is no line of JSON: " + line);
		}
		return NEVER_IN_LOGS.stream()
			.filter(line::contains)
			.map((found) -> service.module() + " logged " + found + ": "
					+ line.substring(0, Math.min(line.length(), 1500)));
	}

	private Stream<String> newLines(Service service) {
		Path log = this.whence.process(service).log();
		long from = this.logsRead.get(service);
		try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
			byte[] fresh = new byte[(int) (file.length() - from)];
			file.seek(from);
			file.readFully(fresh);
			int end = fresh.length;
			while (end > 0 && fresh[end - 1] != '\n') {
				end--;
			}
			this.logsRead.put(service, from + end);
			return new String(fresh, 0, end, StandardCharsets.UTF_8).lines().filter((line) -> !line.isBlank());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private long residentKib(Service service) {
		Path status = Path.of("/proc/" + this.pids.get(service) + "/status");
		try {
			return !Files.exists(status) ? 0
					: Files.readAllLines(status)
						.stream()
						.filter((line) -> line.startsWith("VmRSS:"))
						.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
						.sum();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private synchronized long number(String sql, String... parameters) {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			for (int n = 0; n < parameters.length; n++) {
				statement.setString(n + 1, parameters[n]);
			}
			try (ResultSet rows = statement.executeQuery()) {
				rows.next();
				return rows.getLong(1);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
