package dev.whence.analysis.notification.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.whence.analysis.notification.NotificationProperties;
import dev.whence.support.outbound.OutboundClient;
import dev.whence.support.outbound.OutboundGuard;
import jakarta.annotation.PreDestroy;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.FilteredHostException;
import org.springframework.stereotype.Component;

/**
 * Posts to addresses that users have chosen. The {@link OutboundGuard} filters the very
 * addresses that are connected to; redirects are not followed, nothing is inflated, of
 * the answer only the beginning is read, and a call as a whole ends in time however
 * slowly the other end drips.
 */
@Component
class OutboundHttp {

	/** As much of an answer as anybody reads in a log. */
	static final int MAX_RESPONSE = 2_000;

	/** Beyond this a Retry-After is not meant. */
	private static final Duration LONGEST_PAUSE = Duration.ofHours(24);

	private final CloseableHttpClient client;

	private final ScheduledExecutorService deadlines = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("outbound-deadline-", 0).factory());

	private final Duration timeout;

	private final InstantSource clock;

	OutboundHttp(NotificationProperties properties, OutboundGuard guard, InstantSource clock) {
		this.timeout = properties.timeout();
		this.clock = clock;
		this.client = OutboundClient.create(guard, properties.connectTimeout(), properties.timeout());
	}

	/** Posts JSON; what the other end makes of it is a return value. */
	Receipt post(URI uri, byte[] json, Map<String, String> headers) {
		HttpPost request = new HttpPost(uri);
		headers.forEach(request::setHeader);
		request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
		Future<?> deadline = this.deadlines.schedule(request::cancel, this.timeout.toMillis(), TimeUnit.MILLISECONDS);
		// Closing the response leaves unread what is unread, where a response handler
		// would
		// read it all.
		try (ClassicHttpResponse response = this.client.executeOpen(HttpHost.create(uri), request, null)) {
			return receipt(response);
		}
		catch (FilteredHostException _) {
			return Receipt.Refused.because("The address may not be called");
		}
		catch (IOException ex) {
			return request.isCancelled()
					? Receipt.Failed.because("No answer within " + this.timeout.toMillis() / 1000.0 + " s")
					: Receipt.Failed.because(reason(ex));
		}
		finally {
			deadline.cancel(false);
		}
	}

	@PreDestroy
	void close() throws IOException {
		this.deadlines.shutdownNow();
		this.client.close();
	}

	private Receipt receipt(ClassicHttpResponse response) throws IOException {
		int status = response.getCode();
		String body = beginning(response.getEntity());
		String detail = "HTTP " + status;
		if (status >= 200 && status < 300) {
			return new Receipt.Sent(status, detail, body);
		}
		if (status == 408 || status == 429 || status >= 500) {
			return new Receipt.Failed(status, detail, body,
					retryAfter(response.getFirstHeader(HttpHeaders.RETRY_AFTER)));
		}
		return new Receipt.Refused(status,
				(status >= 300 && status < 400) ? detail + ", redirects are not followed" : detail, body);
	}

	private static @Nullable String beginning(@Nullable HttpEntity entity) throws IOException {
		if (entity == null) {
			return null;
		}
		// Not closed: closing would read the rest.
		InputStream content = entity.getContent();
		return printable(content.readNBytes(MAX_RESPONSE));
	}

	private static String printable(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.UTF_8);
		return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "");
	}

	private @Nullable Duration retryAfter(@Nullable Header header) {
		if (header == null) {
			return null;
		}
		String value = header.getValue().strip();
		Duration pause = null;
		if (value.matches("\\d{1,9}")) {
			pause = Duration.ofSeconds(Long.parseLong(value));
		}
		else {
			Instant date = DateUtils.parseStandardDate(value);
			if (date != null) {
				pause = Duration.between(this.clock.instant(), date);
			}
		}
		if (pause == null || pause.isNegative()) {
			return null;
		}
		return (pause.compareTo(LONGEST_PAUSE) > 0) ? LONGEST_PAUSE : pause;
	}

	private static String reason(IOException failure) {
		String message = (failure instanceof UnknownHostException) ? "The host is not known" : failure.getMessage();
		String text = failure.getClass().getSimpleName() + ": " + message;
		return text.substring(0, Math.min(text.length(), 300));
	}

}
