package dev.whence.standalone.evaluate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.whence.standalone.evaluate.data.JsonLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A shop of two services in which the second one fails once, replayed through the real
 * standalone.
 */
class EvaluateIT {

	private static final Instant FAULT = Instant.parse("2023-01-29T10:00:00Z");

	@TempDir
	Path folder;

	@Test
	void aRecordedFaultIsReplayedAndItsAnswerScored() throws IOException {
		Path split = Files.createDirectories(this.folder.resolve("two-services/dev"));
		writeDataSet(split);
		Path predictions = this.folder.resolve("predictions.jsonl");
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		EvaluateCommand.run(new String[] { split.toString(), "--out", predictions.toString() },
				new PrintStream(printed, true, StandardCharsets.UTF_8));

		List<ObjectNode> lines = JsonLines.all(predictions);
		assertThat(lines).hasSize(1);
		assertThat(lines.getFirst().path("case_id").asString()).isEqualTo("case-1");
		assertThat(lines.getFirst().path("ranking").path(0).path("service").asString()).isEqualTo("stock");
		assertThat(lines.getFirst().path("verdict").asString()).isNotEmpty();
		assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("rejected")
			.contains("1 of 1  case-1")
			.containsPattern("shop +1 +1\\.000 +1\\.000 +1\\.000 +\\[1\\.000, 1\\.000\\] +0\\.500 +1\\.000 / 1\\.000")
			.containsPattern("without +AC@1 +AC@3 +AC@5 +answers that have it\\R(?:PATH|ERROR) +[01]\\.000");
	}

	private static void writeDataSet(Path split) throws IOException {
		Files.writeString(split.resolve("cases.jsonl"), """
				{"case_id": "case-1", "system": "shop", "file": "case-1.jsonl", "baseline": ["../normal.jsonl"],
				 "fault_start": "%s", "fault_end": "%s"}
				""".formatted(FAULT, FAULT.plusSeconds(120)).replace("\n ", ""));
		Files.writeString(split.resolve("labels.jsonl"), """
				{"case_id": "case-1", "root_cause_service": "stock"}
				""");
		// Of the same day, so it has to move.
		Files.write(split.resolve("../normal.jsonl"), visits(FAULT.plusSeconds(600), 300, false));
		List<String> recording = new ArrayList<>(visits(FAULT.minusSeconds(60), 60, false));
		recording.addAll(visits(FAULT, 120, true));
		Files.write(split.resolve("case-1.jsonl"), recording);
	}

	/** A visit a second: the shop calls the stock, which says so or fails. */
	private static List<String> visits(Instant from, int count, boolean fails) {
		List<String> lines = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			Instant at = from.plusSeconds(i);
			String trace = "%08x".formatted(i + (fails ? 10_000 : 1));
			String status = fails ? "ERROR" : "OK";
			lines.add(span(trace, "a1", null, "shop", "GET /offer", at, 40, status));
			lines.add(span(trace, "b2", "a1", "stock", "GET /stock", at.plusMillis(10), 20, status));
			lines
				.add("""
						{"signal":"log","trace_id":"%s","service_name":"stock","timestamp":"%s","level":"%s","message":"%s",\
						"attributes":{"span_id":"b2"}}"""
					.formatted(trace, at.plusMillis(15), fails ? "ERROR" : "INFO",
							fails ? "connection pool is exhausted" : "stock read"));
		}
		return lines;
	}

	private static String span(String trace, String id, String parent, String service, String name, Instant at,
			int millis, String status) {
		return """
				{"signal":"trace","trace_id":"%s","span_id":"%s","parent_span_id":%s,"service_name":"%s","name":"%s",\
				"start_time":"%s","end_time":"%s","status":"%s","attributes":{}}""".formatted(trace, id,
				(parent != null) ? '"' + parent + '"' : "null", service, name, at, at.plusMillis(millis), status);
	}

}
