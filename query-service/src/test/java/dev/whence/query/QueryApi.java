package dev.whence.query;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.springframework.test.web.servlet.client.RestTestClient;

/** The service as its clients see it. */
public final class QueryApi {

	public static final String KEY = "bootstrap-key-of-at-least-32-characters";

	private final String base;

	private final RestTestClient client;

	public QueryApi(int port) {
		this.base = "http://localhost:" + port;
		this.client = RestTestClient.bindToServer().baseUrl(this.base).build();
	}

	public RestTestClient.ResponseSpec get(String uri, Object... variables) {
		return this.client.get().uri(uri, variables).header("X-Api-Key", KEY).exchange();
	}

	/** The path and query as they are, with nothing escaped. */
	public RestTestClient.ResponseSpec getRaw(String uri) {
		return this.client.get().uri(URI.create(this.base + uri)).header("X-Api-Key", KEY).exchange();
	}

	/** By a client that does not inflate on its own. */
	public HttpResponse<byte[]> getCompressed(String uri) throws Exception {
		try (HttpClient http = HttpClient.newHttpClient()) {
			return http.send(HttpRequest.newBuilder(URI.create(this.base + uri))
				.header("X-Api-Key", KEY)
				.header("Accept-Encoding", "gzip")
				.build(), BodyHandlers.ofByteArray());
		}
	}

	public RestTestClient.ResponseSpec getAnonymously(String uri) {
		return this.client.get().uri(uri).exchange();
	}

}
