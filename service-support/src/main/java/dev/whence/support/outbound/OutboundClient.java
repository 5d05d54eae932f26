package dev.whence.support.outbound;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsHttpClientBuilder;
import org.springframework.boot.http.client.HttpCookieHandling;
import org.springframework.boot.http.client.HttpRedirects;

/**
 * Makes clients for calls to the outside. They connect to nothing that the
 * {@link OutboundGuard} does not let through, follow no redirect, keep no cookie, inflate
 * nothing and never repeat a request by themselves.
 */
public final class OutboundClient {

	private OutboundClient() {
	}

	/**
	 * A client of its own, which the caller closes.
	 * @param connectTimeout until a connection stands
	 * @param timeout for a connection of the pool, and between two reads of an answer; a
	 * whole call is the caller's to limit
	 */
	public static CloseableHttpClient create(OutboundGuard guard, Duration connectTimeout, Duration timeout) {
		return new HttpComponentsHttpClientBuilder().withCustomizer(OutboundClient::bare)
			.withDefaultRequestConfigCustomizer(
					(request) -> request.setConnectionRequestTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS))
			.build(HttpClientSettings.defaults()
				.withRedirects(HttpRedirects.DONT_FOLLOW)
				.withCookieHandling(HttpCookieHandling.DISABLE)
				.withTimeouts(connectTimeout, timeout)
				.withInetAddressFilter(guard.filter()));
	}

	private static void bare(HttpClientBuilder client) {
		client.disableRedirectHandling()
			.disableAutomaticRetries()
			.disableContentCompression()
			.disableAuthCaching()
			.setUserAgent("Whence");
	}

}
