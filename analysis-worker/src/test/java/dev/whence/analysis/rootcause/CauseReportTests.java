package dev.whence.analysis.rootcause;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.whence.analysis.evidence.SceneStory;
import dev.whence.analysis.incident.IncidentSnapshot;
import dev.whence.analysis.trace.TraceStory;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class CauseReportTests {

	// What the original pipeline read its reports with.
	private static final Pattern CONFIDENCE = Pattern.compile("Confidence Score\\D*(\\d+)");

	private static final Pattern SEVERITY = Pattern.compile("Severity\\D*(critical|high|medium|low)",
			Pattern.CASE_INSENSITIVE);

	private static final Path GOLDEN = Path.of("../../shared/samples/prodsentinel/report-parse-golden.json");

	private final RootCauseRanker ranker = new RootCauseRanker();

	@ParameterizedTest
	@EnumSource
	void theOriginalParsersReadSeverityAndConfidence(Severity severity) {
		Findings findings = rank(TraceStory.failingCheckout("t1"));
		String report = CauseReport.markdown(incident(severity), findings);
		assertThat(severity(report)).isEqualTo(severity.wireName());
		assertThat(confidence(report)).isEqualTo(Math.round(findings.confidence()));
	}

	@Test
	void theReportOfNothingParsesToo() {
		String report = CauseReport.markdown(incident(Severity.LOW), rank());
		assertThat(severity(report)).isEqualTo("low");
		assertThat(confidence(report)).isZero();
		assertThat(report)
			.contains("Inconclusive: nothing stands out from normal time, and no failing signal was found.");
	}

	@Test
	void theSectionsAreThoseOfTheOriginalReports() {
		String report = CauseReport.markdown(incident(Severity.HIGH), rank(TraceStory.failingCheckout("t1")));
		assertThat(report.lines().filter((line) -> line.startsWith("## "))).containsExactly("## Root Cause",
				"## Affected Services", "## Severity", "## Confidence Score", "## Timeline", "## Detailed Conclusion");
		assertThat(report).contains("payment: Payment declined", "gateway, payment", "Ruled out:\n- gateway:");
	}

	@Test
	void aTieNamesAllThatShareTheFirstRank() {
		Findings findings = rank(
				new TraceStory("t1").failed("s1", null, "gateway", 0, 200)
					.failed("s2", "s1", "payment", 10, 50)
					.failed("s3", "s1", "inventory", 10, 60),
				new TraceStory("t2").failed("s1", null, "gateway", 0, 200)
					.failed("s2", "s1", "inventory", 10, 50)
					.failed("s3", "s1", "payment", 10, 60));
		assertThat(CauseReport.markdown(incident(Severity.HIGH), findings))
			.contains("Inconclusive. inventory: inventory operation failed (2 times); "
					+ "or payment: payment operation failed (2 times)");
	}

	// Shows that the two patterns above are the original ones.
	@Test
	void thePatternsReadTheOriginalReportsAsTheOriginalDid() throws Exception {
		assumeThat(GOLDEN).as("the sample reports are not part of this repository").exists();
		JsonNode golden = new JsonMapper().readTree(Files.readString(GOLDEN));
		assertThat(golden).isNotEmpty();
		for (JsonNode sample : golden) {
			String report = sample.get("report").stringValue();
			assertThat(confidence(report)).as(report).isEqualTo(sample.get("confidence").asLong());
			assertThat(severity(report)).as(report).isEqualTo(sample.get("severity").stringValue());
		}
	}

	@Test
	void theReportTellsHowTheTroubleSpreadAndWhatHappenedWhen() {
		Findings findings = this.ranker.rank(new SceneStory().failing(TraceStory.failingCheckout("t1"))
			.change("payment", -120, "version 1.4.1 -> 1.4.2")
			.tell());
		assertThat(CauseReport.markdown(incident(Severity.HIGH), findings)).contains(
				"How it spread:\n- gateway calls payment: gateway operation failed",
				"- 2026-03-01T09:58:00Z: payment: version 1.4.1 -> 1.4.2",
				"Shows trouble: gateway, payment; 1 failing trace was looked at.");
	}

	@Test
	void theReportTellsWhetherTheAnswerRestsOnOneKindOfEvidence() {
		SceneStory twofold = new SceneStory().calls("web", "cart")
			.alert("web", "HighLatency", 60)
			.metric("web", "latency_seconds", 0.1, 2)
			.metric("cart", "latency_seconds", 0.1, 1.9)
			.metric("cart", "cpu_usage_pct", 5, 99);
		assertThat(CauseReport.markdown(incident(Severity.HIGH), this.ranker.rank(twofold.tell())))
			.contains("How firm: whichever single kind of evidence is left out, cart stays first.");
		assertThat(CauseReport.markdown(incident(Severity.HIGH),
				this.ranker
					.rank(twofold.metric("web", "cpu_usage_pct", 5, 99).metric("db", "memory_bytes", 1e6, 9e9).tell())))
			.contains("How firm:\n- without ");
	}

	@Test
	void whatALogSaysCannotPassForASectionOfTheReport() {
		Findings findings = rank(new TraceStory("t1").failed("s1", null, "payment", 0, 100)
			.error("payment", "s1", 90, "## Severity: low, Confidence Score: 3"));
		String report = CauseReport.markdown(incident(Severity.CRITICAL), findings);
		assertThat(severity(report)).isEqualTo("critical");
		assertThat(confidence(report)).isEqualTo(Math.round(findings.confidence()));
	}

	@Test
	void theExplanationHasTheFieldsThatClientsRead() {
		Findings findings = rank(TraceStory.failingCheckout("t1"));
		JsonNode json = new JsonMapper()
			.valueToTree(new Explanation("report", findings, new Cost(Duration.ofMillis(20), Duration.ofMillis(3))));
		assertThat(json.propertyNames()).containsExactlyInAnyOrder("full_report", "duration_ms", "ranking_ms",
				"method_version", "verdict", "confidence", "window", "ranking", "hypotheses", "without", "path",
				"ruled_out", "blast_radius", "timeline");
		assertThat(json.get("hypotheses").get(0).propertyNames()).containsExactlyInAnyOrder("rank", "service", "level",
				"operation", "code_region", "resource", "instance", "host", "score", "statement", "evidence");
		assertThat(json.get("hypotheses").get(0).get("evidence").get(0).propertyNames())
			.containsExactlyInAnyOrder("kind", "statement", "strength", "signals", "trace_id", "query");
		assertThat(json.get("path").get(0).propertyNames()).containsExactlyInAnyOrder("from", "to", "kind", "statement",
				"first_seen", "signals");
		assertThat(json.get("window").propertyNames()).containsExactlyInAnyOrder("start", "end", "reference_minutes");
	}

	private Findings rank(TraceStory... stories) {
		SceneStory scene = new SceneStory();
		List.of(stories).forEach(scene::failing);
		return this.ranker.rank(scene.tell());
	}

	private static long confidence(String report) {
		Matcher matcher = CONFIDENCE.matcher(report);
		return matcher.find() ? Long.parseLong(matcher.group(1)) : 50;
	}

	private static String severity(String report) {
		Matcher matcher = SEVERITY.matcher(report);
		return matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : "high";
	}

	private static IncidentSnapshot incident(Severity severity) {
		return new IncidentSnapshot(UUID.randomUUID(), ProjectId.DEFAULT, 1, "payment: Payment declined", severity,
				List.of("gateway", "payment"), Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
	}

}
