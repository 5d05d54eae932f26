package dev.whence.store.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.whence.store.read.JdbcSignalReader;
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
			.contains("src/main/java/dev/whence/store/JdbcSignalReader.java",
					"src/main/java/dev/whence/store/Outbox.java",
					"src/main/resources/db/signals/V1__append_only_signals.sql");
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

	private Path module(String text) throws IOException {
		Path sources = Files.createDirectories(this.module.resolve("src/main/java"));
		Files.writeString(sources.resolve("Offender.java"), "class Offender {\n" + text + "\n}\n");
		return this.module;
	}

}
