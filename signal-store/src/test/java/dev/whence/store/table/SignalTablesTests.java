package dev.whence.store.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The append-only tables and the outbox are named in this module and nowhere else. */
class SignalTablesTests {

	private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();

	@TempDir
	Path module;

	@Test
	void noOtherModuleNamesASignalTable() {
		List<Path> modules = TableMentions.modules(REPOSITORY);
		assertThat(modules).extracting((path) -> path.getFileName().toString())
			.contains("ingest-service", "query-service", "analysis-worker", "control-service", "service-support");
		// The benchmarks fill and count the tables to compare the ways into them.
		assertThat(modules).filteredOn((path) -> !path.endsWith("signal-store") && !path.endsWith("benchmarks"))
			.allSatisfy((path) -> assertThat(TableMentions.in(path)).as("files of %s", path.getFileName()).isEmpty());
	}

	@Test
	void thisModuleNamesThemInCodeAndInMigrations() {
		assertThat(TableMentions.in(REPOSITORY.resolve("signal-store"))).extracting(Path::toString)
			.contains("src/main/java/dev/whence/store/table/Table.java",
					"src/main/java/dev/whence/store/outbox/Outbox.java",
					"src/main/resources/db/signals/V1__append_only_signals.sql");
	}

	@Test
	void noClassButTableNamesAnAppendOnlyTable() throws IOException {
		Path sources = REPOSITORY.resolve("signal-store/src/main/java");
		Pattern name = Pattern
			.compile(Table.ALL.stream().map(Table::name).collect(Collectors.joining("|", "(signals\\.|\")(", ")\\b")));
		try (Stream<Path> files = Files.walk(sources)) {
			assertThat(files.filter(Files::isRegularFile).filter((file) -> name.matcher(text(file)).find()))
				.extracting((file) -> file.getFileName().toString())
				.containsExactly("Table.java");
		}
	}

	@Test
	void everyTableIsMadeByAMigration() throws IOException {
		StringBuilder migrations = new StringBuilder();
		try (Stream<Path> files = Files.list(REPOSITORY.resolve("signal-store/src/main/resources/db/signals"))) {
			files.forEach((file) -> migrations.append(text(file)));
		}
		assertThat(Table.ALL)
			.allSatisfy((table) -> assertThat(migrations).contains("create table " + table.name() + " ("));
	}

	/** Under these numbers projects' choices are stored. */
	@Test
	void choicesOfRetentionKeepTheirNumbers() {
		assertThat(Table.ALL.stream()
			.filter((table) -> table.lifetime() instanceof Lifetime.Chosen)
			.collect(Collectors.toMap(Table::name, (table) -> ((Lifetime.Chosen) table.lifetime()).code())))
			.isEqualTo(Map.of("log_record", 0, "span", 1, "metric_point", 2, "run_event", 3));
	}

	@ParameterizedTest
	@ValueSource(strings = { "select * from signals.span", "delete from signals . problem where 1 = 1",
			"insert into \"signals\".\"outbox\" (topic)", "update SIGNALS.LOG_RECORD set level = ''",
			"select count(*) from log_record l", "alter table metric_point add x int",
			"select content_hash from signal_key", "set search_path to signals; select 1 from span where true",
			"from outbox\n", "signals.span_20260119" })
	void anOffenceIsFound(String text) throws IOException {
		assertThat(TableMentions.in(module(text))).containsExactly(Path.of("src/main/java/Offender.java"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "signals.ingested.v1", "this.signals.problems(project, subject, 10)",
			"signals.span(trace)", "incidents.incident_problem_view", "// the way from problem signals to incidents",
			"class LogRecord", "import dev.whence.store.outbox.Outbox;" })
	void otherWordsAreNoOffence(String text) throws IOException {
		assertThat(TableMentions.in(module(text))).isEmpty();
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path module(String text) throws IOException {
		Path sources = Files.createDirectories(this.module.resolve("src/main/java"));
		Files.writeString(sources.resolve("Offender.java"), "class Offender {\n" + text + "\n}\n");
		return this.module;
	}

}
