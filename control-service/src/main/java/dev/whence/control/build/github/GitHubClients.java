package dev.whence.control.build.github;

import dev.whence.support.outbound.OutboundClient;
import dev.whence.support.outbound.OutboundGuard;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Puts the client of GitHub's API together. */
final class GitHubClients {

	/** The version that the records of {@link GitHubApi} were written for. */
	private static final String API_VERSION = "2022-11-28";

	/** GitHub's own answers are four levels deep. */
	private static final int MAX_DEPTH = 32;

	private static final int MAX_NUMBER = 32;

	private GitHubClients() {
	}

	static CloseableHttpClient http(GitHubProperties properties) {
		return OutboundClient.create(new OutboundGuard(properties.allowedNetworks()), properties.connectTimeout(),
				properties.timeLimit());
	}

	static GitHubApi api(GitHubProperties properties, CloseableHttpClient http, RateGate gate, JsonMapper json) {
		String token = (properties.token() != null) ? properties.token() : "";
		Refusals refusals = new Refusals(json, gate, token);
		RestClient client = RestClient.builder()
			.baseUrl(properties.apiUrl())
			.requestFactory(new HttpComponentsClientHttpRequestFactory(http))
			.requestInterceptor(bounding(properties.responseLimit().toBytes(), gate))
			.defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token)
			.defaultHeader("X-GitHub-Api-Version", API_VERSION)
			.configureMessageConverters((converters) -> converters.registerDefaults()
				.withJsonConverter(new JacksonJsonHttpMessageConverter(json)))
			.defaultStatusHandler((HttpStatusCode status) -> !status.is2xxSuccessful(), (_, response) -> {
				throw refusals.of(response);
			})
			.build();
		return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
			.build()
			.createClient(GitHubApi.class);
	}

	/** Reads what may be hostile. */
	static JsonMapper json(GitHubProperties properties) {
		int limit = Math.toIntExact(properties.responseLimit().toBytes());
		return JsonMapper
			.builder(JsonFactory.builder()
				.streamReadConstraints(StreamReadConstraints.builder()
					.maxNestingDepth(MAX_DEPTH)
					.maxNumberLength(MAX_NUMBER)
					.maxStringLength(limit)
					.maxDocumentLength(limit)
					.build())
				.build())
			.build();
	}

	private static ClientHttpRequestInterceptor bounding(long limit, RateGate gate) {
		return (request, body, execution) -> {
			ClientHttpResponse response = execution.execute(request, body);
			gate.heard(response.getHeaders());
			return new BoundedResponse(response, limit);
		};
	}

}
