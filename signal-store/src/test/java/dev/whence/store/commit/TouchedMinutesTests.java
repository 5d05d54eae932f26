package dev.whence.store.commit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;

import dev.whence.model.ProjectId;
import dev.whence.store.outbox.OutboxMessage;
import dev.whence.store.rollup.RollupProperties;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which minutes a commit announces. */
class TouchedMinutesTests {

	private static final ProjectId PROJECT = ProjectId.DEFAULT;

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:30Z");

	private static final long SECOND = 1_000_000_000L;

	private final TouchedMinutes minutes = new TouchedMinutes((project, touched) -> touched.stream()
		.map((minute) -> new OutboxMessage("test", String.valueOf(project.value()), minute.toString()))
		.toList(), new RollupProperties(Duration.ofDays(30), Duration.ofMinutes(10)), InstantSource.fixed(NOW));

	@Test
	void aCommitAnnouncesEachMinuteItTouchesOnce() {
		CommitNews news = news(NOW, NOW.plusSeconds(1), NOW.minusSeconds(60), NOW);
		assertThat(news.messages()).extracting(OutboxMessage::payload)
			.containsExactlyInAnyOrder("2026-03-01T12:00:00Z", "2026-03-01T11:59:00Z");
	}

	@Test
	void theNextCommitAnnouncesOnlyWhatIsNew() {
		CommitNews first = news(NOW);
		first.messages();
		assertThat(first.committed()).as("the commit was quick").isEmpty();
		assertThat(news(NOW, NOW.plusSeconds(60)).messages()).extracting(OutboxMessage::payload)
			.containsExactly("2026-03-01T12:01:00Z");
	}

	@Test
	void whatWasRolledBackIsAnnouncedByTheNextCommit() {
		news(NOW).messages();
		assertThat(news(NOW).messages()).hasSize(1);
	}

	@Test
	void afterThePauseAMinuteIsAnnouncedAgain() {
		TouchedMinutes.Touch touch = new TouchedMinutes.Touch(PROJECT, 1);
		this.minutes.announced(List.of(touch), 100 * SECOND);
		assertThat(this.minutes.dueAmong(List.of(touch), 104 * SECOND)).isEmpty();
		assertThat(this.minutes.dueAmong(List.of(touch), 105 * SECOND)).containsExactly(touch);
		assertThat(this.minutes.dueAmong(List.of(new TouchedMinutes.Touch(new ProjectId(2), 1)), 101 * SECOND))
			.as("the same minute of another project")
			.hasSize(1);
	}

	@Test
	void aMonthOfMinutesDoesNotFillTheMemory() {
		this.minutes.announced(
				LongStream.range(0, 50_000).mapToObj((minute) -> new TouchedMinutes.Touch(PROJECT, minute)).toList(),
				100 * SECOND);
		assertThat(this.minutes.dueAmong(List.of(new TouchedMinutes.Touch(PROJECT, 49_999)), 101 * SECOND)).isEmpty();
		assertThat(this.minutes.dueAmong(List.of(new TouchedMinutes.Touch(PROJECT, 0)), 101 * SECOND)).hasSize(1);
	}

	@Test
	void clocksThatLieAreNotFollowed() {
		assertThat(news(Instant.EPOCH, NOW.plus(Duration.ofDays(365)), NOW.minus(Duration.ofDays(31)),
				NOW.plus(Duration.ofMinutes(12)))
			.messages()).isEmpty();
		assertThat(news(NOW.minus(Duration.ofDays(29)), NOW.plus(Duration.ofMinutes(9))).messages()).hasSize(2);
	}

	private CommitNews news(Instant... times) {
		CommitNews news = new CommitNews((_, _) -> List.of(), this.minutes);
		for (Instant time : times) {
			news.touched(PROJECT, time);
		}
		return news;
	}

}
