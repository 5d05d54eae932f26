package dev.whence.control.build.github;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Remembers until when GitHub wants to be left alone. While it does nothing is sent:
 * whoever goes on asking is blocked for longer.
 */
final class RateGate {

	/** GitHub's advice where a limit comes without a time. */
	private static final Duration WITHOUT_A_WORD = Duration.ofMinutes(1);

	/** The window of GitHub's primary limit, beyond which no time is meant. */
	private static final Duration LONGEST = Duration.ofHours(1);

	private final InstantSource clock;

	private final AtomicReference<Instant> closedUntil = new AtomicReference<>(Instant.MIN);

	RateGate(InstantSource clock) {
		this.clock = clock;
	}

	/** The time until which nothing may be sent; null when it may. */
	@Nullable Instant closedUntil() {
		Instant until = this.closedUntil.get();
		return until.isAfter(this.clock.instant()) ? until : null;
	}

	/** Notes what an answer of any kind says about the calls that are left. */
	void heard(HttpHeaders headers) {
		Long remaining = number(headers, "X-RateLimit-Remaining");
		if (remaining != null && remaining == 0) {
			close(time(headers));
		}
	}

	/** Notes a refusal for too many calls and returns until when it holds. */
	Instant refused(HttpHeaders headers) {
		Instant until = time(headers);
		close(until);
		return until;
	}

	private void close(Instant until) {
		this.closedUntil.accumulateAndGet(until, (a, b) -> a.isAfter(b) ? a : b);
	}

	private Instant time(HttpHeaders headers) {
		Instant now = this.clock.instant();
		Long pause = number(headers, HttpHeaders.RETRY_AFTER);
		Long reset = number(headers, "X-RateLimit-Reset");
		Instant named = (pause != null) ? now.plusSeconds(Math.min(pause, LONGEST.toSeconds()))
				: (reset != null && reset < Integer.MAX_VALUE * 2L) ? Instant.ofEpochSecond(reset)
						: now.plus(WITHOUT_A_WORD);
		Instant last = now.plus(LONGEST);
		return named.isAfter(last) ? last : named;
	}

	private static @Nullable Long number(HttpHeaders headers, String name) {
		String value = headers.getFirst(name);
		return (value != null && value.strip().matches("\\d{1,15}")) ? Long.valueOf(value.strip()) : null;
	}

}
