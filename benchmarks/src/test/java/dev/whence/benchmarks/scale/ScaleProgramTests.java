package dev.whence.benchmarks.scale;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ScaleProgramTests {

	@Test
	void optionsHaveDefaultsAndRetentionIsInDays() {
		assertThat(ScaleOptions.of().workload()).isEqualTo(new Workload(1000, 1000, 500, 100, 3, 1, 30));
		ScaleOptions given = ScaleOptions.of("--logs", "5000", "--retention", "7d", "--slower", "2.5");
		assertThat(given.workload().logs()).isEqualTo(5000);
		assertThat(given.workload().days()).isEqualTo(7);
		assertThat(given.slower()).isEqualTo(2.5);
	}

	@Test
	void whatIsNotUnderstoodIsNamed() {
		for (List<String> wrong : List.of(List.of("'--lgos'", "--lgos", "1"), List.of("'logs'", "logs", "1"),
				List.of("'--logs'", "--logs"), List.of("'many'", "--logs", "many"))) {
			String[] arguments = wrong.subList(1, wrong.size()).toArray(String[]::new);
			assertThatIllegalArgumentException().isThrownBy(() -> ScaleOptions.of(arguments))
				.withMessageContaining(wrong.getFirst());
		}
	}

	@Test
	void theAnswerNamesEveryPart() {
		String text = ScaleProgram.needs(ScaleOptions.of("--logs", "5000", "--spans", "2000").workload(), 1);
		assertThat(text).contains("| gateway |", "| ingest |", "| query |", "| analysis |", "| postgresql |",
				"7500 signals in 75 requests a second", "30 days");
	}

	@Test
	void aMeasuredRunIsHeldAgainstTheModel() {
		Measured measured = Measured.of("""
				{"logs": 1000, "spans": 500, "points": 0, "batch": 100, "troubled": 3, "questions": 4,
				 "cores": {"gateway": 0.0342, "ingest": 0.5, "query": 0.1, "analysis": 0.2, "postgresql": 0.6},
				 "rest": {"gateway": 0.0088},
				 "databaseBytes": 900, "walBytes": 2000, "commits": 14}""");
		assertThat(measured.workload().requests()).isEqualTo(15);
		String text = ScaleProgram.comparison(measured, 2);
		// Fifteen requests of 379 us and four questions of 164, on a processor that takes
		// twice as long.
		assertThat(text).contains("| gateway | 0.013 | 0.034 | 0.009 | 2.0 |", "| analysis | ", "14 commits a second",
				"900 bytes of database and 2000 bytes of log");
	}

}
