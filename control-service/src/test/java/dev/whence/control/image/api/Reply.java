package dev.whence.control.image.api;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

/** An answer of the API. */
record Reply(int status, JsonNode json, String tag, boolean replayed) {

	private static final JsonMapper JSON = new JsonMapper();

	static Reply of(RestTestClient.ResponseSpec response) {
		EntityExchangeResult<byte[]> result = response.returnResult(byte[].class);
		byte[] body = result.getResponseBody();
		return new Reply(result.getStatus().value(),
				(body != null && body.length > 0) ? JSON.readTree(body) : JSON.nullNode(),
				result.getResponseHeaders().getETag(),
				"true".equals(result.getResponseHeaders().getFirst("Idempotency-Replayed")));
	}

	String text(String pointer) {
		return this.json.at(pointer).asString();
	}

}
