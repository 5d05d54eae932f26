package dev.whence.e2e.hostile;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds what a site did against what a case expects, and names every difference. */
final class Checker {

	/**
	 * The list's bounds are for a machine of its own. What is looked for is work that
	 * grows with the square of the input, which exceeds any factor.
	 */
	private static final int SLOWNESS = 10;

	/**
	 * What is proven elsewhere or cannot be seen from outside; counted, never checked.
	 */
	static final Set<String> UNSEEN = Set.of("no_outbound_connection", "no_outbound_connection_if_4xx",
			"ui_neutralised", "rca_unaffected", "redacted_if_secret", "incident_counted_once",
			"timing_delta_p50_ms<=20", "applied_once", "bounded_index", "fds_bounded", "no_directive_injection",
			"valid_false_or_4xx");

	private static final List<String> SQL_TEXT = List.of("psqlexception", "sqlstate", "org.postgresql", "select ",
			"syntax error at");

	private final HostileCase hostile;

	private final Set<Integer> statuses;

	private final Set<String> waived;

	private final List<String> violations = new ArrayList<>();

	Checker(HostileCase hostile, @Nullable Decision decision) {
		this.hostile = hostile;
		this.statuses = (decision != null) ? decision.statuses() : hostile.statuses();
		this.waived = (decision != null) ? decision.waived() : Set.of();
	}

	/**
	 * @param before rows of the site before the case
	 * @return what is wrong, in words
	 */
	List<String> check(List<Answer> answers, long before, Site site) {
		expect(!answers.isEmpty(), "no request came to an end");
		answers.forEach(this::answer);
		stored(answers, before, site);
		people(answers, site);
		this.violations.addAll(site.complaints());
		return this.violations;
	}

	private void answer(Answer answer) {
		expect(this.statuses.contains(answer.status()), "answered " + answer.summary() + ", expected " + this.statuses);
		expect(answer.status() < 500 || this.statuses.contains(answer.status()), "a 5xx: " + answer.summary());
		expect(answer.status() != 0 || answer.closed(), "says nothing and keeps the connection");
		expect(answer.header("access-control-allow-credentials").isEmpty(), "lets foreign pages use cookies");
		if (demands("untouched_documents_byte_identical_if_2xx") && answer.isSuccess()
				&& !new String(this.hostile.body(), StandardCharsets.UTF_8).contains("template")) {
			expect(Arrays.equals(answer.body(), this.hostile.body()), "changed: " + answer.summary());
		}
		if (demands("problem_json") || demands("problem_json_if_4xx") && answer.isRefusal()) {
			problem(answer);
		}
		if (demands("conn_closed")) {
			expect(answer.closed(), "the connection stays open");
		}
		if (demands("rejected_before_body")) {
			expect(answer.early(), "refused only after all of the body");
		}
		if (demands("partial_success_rejected=1") && answer.isSuccess()) {
			expect(rejected(answer) == 1, rejected(answer) + " records rejected, expected 1");
		}
		if (demands("no_sql_error_text")) {
			String text = answer.text().toLowerCase(Locale.ROOT);
			SQL_TEXT.forEach((sql) -> expect(!text.contains(sql), "shows SQL: " + answer.summary()));
		}
		if (demands("no_secret_in_body") || demands("not_routed_internally")) {
			expect(!answer.text().contains("propertySources") && !answer.text().contains("systemProperties"),
					"shows its environment: " + answer.summary());
		}
		if (demands("no_acao_for_evil_origin")) {
			expect(answer.header("access-control-allow-origin").isEmpty(), "allows a foreign origin");
		}
		if (demands("no_reflection")) {
			String key = this.hostile.headers().getOrDefault("X-Api-Key", "");
			expect(key.isEmpty() || !answer.text().contains(key), "repeats the credential: " + answer.summary());
		}
		expect(!answer.text().contains("\tat "), "shows a stack trace: " + answer.summary());
		this.hostile.properties()
			.stream()
			.flatMap(Checker::bound)
			.forEach((bound) -> expect(answer.took().compareTo(bound.multipliedBy(SLOWNESS)) < 0,
					"took " + answer.took()));
	}

	private void stored(List<Answer> answers, long before, Site site) {
		boolean refused = answers.stream().allMatch(Answer::isRefusal);
		boolean succeeded = answers.stream().anyMatch(Answer::isSuccess);
		long fresh = site.rows() - before;
		if (demands("nothing_stored") || demands("nothing_stored_if_4xx") && refused) {
			expect(fresh == 0, fresh + " rows stored, expected none");
		}
		if (demands("stored_once") || (demands("stored_once_if_2xx") || demands("stored_sanitized")
				|| demands("stored_sanitized_or_nothing") || demands("stored_sanitized_if_2xx")) && succeeded) {
			String id = signalId();
			long copies = id.isEmpty() ? fresh : site.copies(id);
			expect(copies == 1, copies + " copies stored, expected one");
		}
		if (demands("valid_siblings_stored")) {
			int good = this.hostile.gen().get("good").asInt();
			expect(fresh == good, fresh + " rows stored, expected " + good);
		}
		if (demands("response_amplification<=2x") && succeeded && !signalId().isEmpty()) {
			long characters = site.storedCharacters(signalId());
			long sent = Math.max(this.hostile.body().length, 12_000);
			expect(characters <= 2 * sent, characters + " characters are read back for " + sent + " sent");
		}
	}

	private void people(List<Answer> answers, Site site) {
		if (demands("same_body") || demands("constant_error_body")) {
			expect(answers.stream().map(Checker::constant).distinct().count() <= 1, "the answers differ");
		}
		if (demands("429_within_20")) {
			expect(answers.stream().limit(20).anyMatch((answer) -> answer.status() == 429),
					"nobody slows guessing down");
		}
		if (demands("victim_can_still_login_from_known_device")) {
			expect(site.victimSignsIn(), "the victim is kept out of their account");
		}
		if (demands("no_privilege_gain")) {
			expect(!site.userGainedSomething(), "the user may more than before");
		}
		if (demands("no_user_data")) {
			expect(answers.stream().noneMatch((answer) -> answer.text().contains("@example.com")), "shows an account");
		}
	}

	/** Without the one member that tells answers apart. */
	private static String constant(Answer answer) {
		return answer.status() + answer.text().replaceAll("\"traceId\":\"[^\"]*\"", "");
	}

	private void problem(Answer answer) {
		expect(answer.header("content-type").startsWith("application/problem+json"),
				"no problem but " + answer.header("content-type"));
		try {
			JsonNode problem = JsonMapper.shared().readTree(answer.body());
			expect(problem.path("status").asInt(0) == answer.status(), "the problem has another status");
			expect(!problem.path("code").asString("").isBlank(), "the problem has no code");
		}
		catch (JacksonException ex) {
			expect(false, "the problem is no JSON: " + answer.summary());
		}
	}

	private long rejected(Answer answer) {
		try {
			return switch (this.hostile.path()) {
				case "/v1/logs" ->
					ExportLogsServiceResponse.parseFrom(answer.body()).getPartialSuccess().getRejectedLogRecords();
				case "/v1/traces" ->
					ExportTraceServiceResponse.parseFrom(answer.body()).getPartialSuccess().getRejectedSpans();
				default ->
					ExportMetricsServiceResponse.parseFrom(answer.body()).getPartialSuccess().getRejectedDataPoints();
			};
		}
		catch (InvalidProtocolBufferException _) {
			return -1;
		}
	}

	/** The id in the body, where the case has one. */
	private String signalId() {
		for (JsonNode body : List.of(this.hostile.gen().path("body"), this.hostile.gen().path("template"))) {
			if (body.has("signal_id")) {
				return body.get("signal_id").asString();
			}
		}
		try {
			return JsonMapper.shared().readTree(this.hostile.body()).path("signal_id").asString("");
		}
		catch (JacksonException _) {
			return "";
		}
	}

	private boolean demands(String property) {
		return this.hostile.demands(property) && !this.waived.contains(property);
	}

	private void expect(boolean holds, String otherwise) {
		if (!holds && this.violations.size() < 20) {
			this.violations.add(otherwise);
		}
	}

	private static Stream<Duration> bound(String property) {
		return property.startsWith("bounded_time_ms<=")
				? Stream.of(Duration.ofMillis(Long.parseLong(property.substring("bounded_time_ms<=".length()))))
				: Stream.empty();
	}

}
