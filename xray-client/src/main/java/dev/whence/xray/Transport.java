package dev.whence.xray;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

/**
 * Posts batches and says how that ended. Redirects are not followed: the key is for the
 * configured server alone. For one thread.
 */
final class Transport {

	/** More of an answer is not read. */
	private static final int LONGEST_ANSWER = 1024 * 1024;

	private static final int LONGEST_EXCERPT = 200;

	private final Settings settings;

	private final Clock clock = Clock.systemUTC();

	private @Nullable HttpClient client;

	Transport(Settings settings) {
		this.settings = settings;
	}

	/**
	 * One attempt.
	 * @param timeout for all of it, from the connection to the end of the answer
	 * @throws InterruptedException when the attempt was given up meanwhile
	 */
	Delivery post(List<byte[]> events, Duration timeout) throws InterruptedException {
		CompletableFuture<HttpResponse<Void>> exchange = null;
		Excerpt answer = new Excerpt();
		try {
			exchange = client().sendAsync(request(events, timeout), BodyHandlers.ofByteArrayConsumer(answer::add));
			HttpResponse<Void> response = exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
			return delivery(response, answer.text(), events.size());
		}
		catch (TimeoutException ex) {
			return new Delivery.Unreachable("no answer within " + timeout.toMillis() + " ms");
		}
		catch (ExecutionException ex) {
			return new Delivery.Unreachable(Json.describe(ex.getCause()));
		}
		catch (IOException | RuntimeException | Error ex) {
			return new Delivery.Unreachable(Json.describe(ex));
		}
		finally {
			if (exchange != null) {
				exchange.cancel(true);
			}
		}
	}

	private Delivery delivery(HttpResponse<?> response, String answer, int events) {
		int status = response.statusCode();
		String why = "status " + status + " " + answer.substring(0, Math.min(LONGEST_EXCERPT, answer.length()));
		if (status / 100 == 2) {
			return new Delivery.Accepted(Answer.refused(answer, events).orElse(0));
		}
		return switch (status) {
			case 413 -> new Delivery.TooLarge();
			case 408, 429, 502, 503, 504 -> new Delivery.Later(retryAfter(response), why);
			default -> new Delivery.Refused(Answer.refused(answer, events).orElse(events), why);
		};
	}

	/** In seconds or as a date; zero when there is none that can be read. */
	private Duration retryAfter(HttpResponse<?> response) {
		String after = response.headers().firstValue("Retry-After").orElse("").strip();
		try {
			if (!after.isEmpty() && after.chars().allMatch((digit) -> digit >= '0' && digit <= '9')) {
				return Duration.ofSeconds(Long.parseLong(after));
			}
			Instant date = ZonedDateTime.parse(after, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
			Duration until = Duration.between(this.clock.instant(), date);
			return until.isNegative() ? Duration.ZERO : until;
		}
		catch (DateTimeException | NumberFormatException ex) {
			return Duration.ZERO;
		}
	}

	private HttpRequest request(List<byte[]> events, Duration timeout) throws IOException {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.settings.ingest())
			.timeout(timeout)
			.header("Content-Type", "application/json")
			.header("User-Agent", "whence-xray-java");
		String apiKey = this.settings.apiKey();
		if (apiKey != null) {
			request.header("X-Api-Key", apiKey);
		}
		if (this.settings.gzip()) {
			request.header("Content-Encoding", "gzip");
		}
		return request.POST(BodyPublishers.ofByteArray(body(events))).build();
	}

	private byte[] body(List<byte[]> events) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream out = this.settings.gzip() ? new GZIPOutputStream(bytes) : bytes) {
			out.write("{\"events\":[".getBytes(StandardCharsets.US_ASCII));
			for (Iterator<byte[]> event = events.iterator(); event.hasNext();) {
				out.write(event.next());
				if (event.hasNext()) {
					out.write(',');
				}
			}
			out.write("]}".getBytes(StandardCharsets.US_ASCII));
		}
		return bytes.toByteArray();
	}

	// Late, because it opens files and starts threads: where that fails, nothing of the
	// application may fail.
	private HttpClient client() {
		HttpClient known = this.client;
		if (known == null) {
			known = HttpClient.newBuilder()
				.version(HttpClient.Version.HTTP_1_1)
				.followRedirects(HttpClient.Redirect.NEVER)
				.connectTimeout(this.settings.requestTimeout())
				.build();
			this.client = known;
		}
		return known;
	}

	/** The beginning of an answer. */
	private static final class Excerpt {

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		synchronized void add(Optional<byte[]> part) {
			part.ifPresent(
					(read) -> this.bytes.write(read, 0, Math.min(read.length, LONGEST_ANSWER - this.bytes.size())));
		}

		synchronized String text() {
			return this.bytes.toString(StandardCharsets.UTF_8);
		}

	}

}
