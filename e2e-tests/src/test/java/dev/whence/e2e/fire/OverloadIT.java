package dev.whence.e2e.fire;

import java.sql.Connection;
import java.time.Duration;
import java.util.Locale;

import dev.whence.e2e.fire.Checker.Batches;
import dev.whence.e2e.platform.Service;
import dev.whence.e2e.platform.ServiceProcess;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Ten times as many clients as ingest needs to be busy, with a heap of 256 MB. With
 * {@code -Pfire} it takes a minute.
 */
@Isolated
class OverloadIT {

	private static final int CLIENTS = 20;

	private static final int TIMES = 10;

	private static final int RECORDS = 500;

	private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("whence.fire.overload-seconds", 10));

	private static final Duration CALM = Duration.ofSeconds(4);

	/** The promise is ten seconds; each is one look. */
	private static final int LOOKS = 30;

	private static final int RESIDENT_MEGABYTES = 700;

	private final Installation whence = Installation.running();

	private final int run = this.whence.newRun();

	@Test
	void whatIsTooMuchIsRefusedAndWhatIsTakenIsStored() throws Exception {
		ServiceProcess ingest = this.whence.service(Service.INGEST);
		Load load = new Load(this.whence.port(Service.INGEST), this.run, CLIENTS * TIMES, RECORDS);
		load.offer(CLIENTS, CALM); // The first seconds of a JVM are not its normal.
		Load.Outcome calm = load.offer(CLIENTS, CALM);
		Load.Outcome storm;
		ProcessFigures figures;
		try (Watch watch = new Watch(ingest.pid())) {
			storm = load.offer(CLIENTS * TIMES, TIME);
			figures = watch.largest();
		}
		double normal = Report.percentileMillis(calm.attempts(), 99);
		Recovery recovery = recover(load, normal);
		boolean alive = ingest.isAlive();
		if (!alive) {
			// The tests after this one need it.
			this.whence.restart(Target.INGEST);
		}
		Batches batches;
		try (Connection connection = this.whence.postgres().database().dataSource().getConnection()) {
			batches = new Checker(connection).batches(this.run, storm.acknowledged(), storm.refused(), RECORDS);
		}
		Report report = new Report("overload").put("records per request", RECORDS)
			.put("heap of ingest", "256 MB")
			.put("clients before", CLIENTS)
			.put("requests acknowledged per second before", rounded(calm.acknowledgedPerSecond()))
			.putMillis("time to an answer before", calm.attempts())
			.put("clients in overload", CLIENTS * TIMES)
			.put("seconds of overload", TIME.toSeconds())
			.put("requests offered per second", rounded(storm.offeredPerSecond()))
			.put("requests acknowledged per second", rounded(storm.acknowledgedPerSecond()))
			.put("answers by status (0: connection refused or broken)", storm.statuses())
			.put("refusals without Retry-After", storm.withoutRetryAfter())
			.putMillis("time to an acknowledgement", storm.attempts().stream().filter(Attempt::acknowledged).toList())
			.putMillis("time to a refusal",
					storm.attempts().stream().filter((attempt) -> !attempt.acknowledged()).toList())
			.put("signals acknowledged", (long) storm.acknowledged().size() * RECORDS)
			.put("rows of acknowledged requests", batches.acknowledgedRows())
			.put("rows of refused requests (a commit that was confirmed too late)", batches.refusedRows())
			.put("acknowledged and not stored whole", batches.lost().count())
			.put("stored in part", batches.torn().count())
			.put("stored twice", batches.twice().count())
			.put("threads of ingest at most", figures.threads())
			.put("resident memory of ingest at most", figures.residentMegabytes() + " MB")
			.put("p99 normal again after",
					recovery.seconds() + " s (" + recovery.lookedAt() + " ms, before " + rounded(normal) + " ms)");
		report.publish();

		SoftAssertions.assertSoftly((softly) -> {
			softly.assertThat(alive).as("ingest lives").isTrue();
			softly.assertThat(storm.statuses().keySet()).as("statuses").isSubsetOf(200, 429, 503);
			softly.assertThat(storm.withoutRetryAfter()).as("refusals without Retry-After").isZero();
			softly.assertThat(storm.acknowledged()).as("acknowledged requests").isNotEmpty();
			softly.assertThat(batches.lost().examples()).as("acknowledged and not stored whole").isEmpty();
			softly.assertThat(batches.torn().examples()).as("stored in part").isEmpty();
			softly.assertThat(batches.twice().examples()).as("stored twice").isEmpty();
			softly.assertThat(batches.acknowledgedRows())
				.as("rows of acknowledged requests")
				.isEqualTo((long) storm.acknowledged().size() * RECORDS);
			softly.assertThat(figures.residentMegabytes()).as("resident memory").isLessThan(RESIDENT_MEGABYTES);
			softly.assertThat(recovery.seconds()).as("seconds until normal again").isLessThan(LOOKS);
		});
	}

	/** The same load as before, second by second, until it is answered as before. */
	private static Recovery recover(Load load, double normal) throws Exception {
		double looked = Double.NaN;
		for (int second = 1; second <= LOOKS; second++) {
			Load.Outcome look = load.offer(CLIENTS, Duration.ofSeconds(1));
			looked = Report.percentileMillis(look.attempts(), 99);
			if (look.acknowledged().size() == look.attempts().size() && looked <= 1.5 * normal) {
				return new Recovery(second, rounded(looked));
			}
		}
		return new Recovery(LOOKS, rounded(looked));
	}

	private static String rounded(double figure) {
		return String.format(Locale.ROOT, "%.0f", figure);
	}

	/**
	 * When things were normal again.
	 *
	 * @param lookedAt the p99 seen last
	 */
	private record Recovery(int seconds, String lookedAt) {
	}

}
