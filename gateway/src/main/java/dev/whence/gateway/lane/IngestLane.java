package dev.whence.gateway.lane;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.whence.gateway.shield.CredentialGate;
import dev.whence.gateway.shield.HostGuard;
import dev.whence.gateway.shield.TrustedProxies;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.http.server.PathContainer;

/**
 * Takes the requests whose path, method and headers leave nothing to decide: a body of
 * announced and moderate length for one of ingest's paths, spelled exactly so, not sent
 * by a page or a trusted proxy, that asks for nothing special. Whatever is not taken goes
 * on to the router.
 */
final class IngestLane implements NettyRouteProvider {

	/** Where such bodies go, with the route that they would take otherwise. */
	static final Map<String, String> OTLP = Map.of("/v1/logs", "otlp", "/v1/traces", "otlp", "/v1/metrics", "otlp");

	static final Map<String, String> OTHERS = Map.of("/ingest/logs", "native", "/ingest/traces", "native",
			"/ingest/metrics", "native", "/api/v2/spans", "zipkin-write");

	private final Map<String, LanePath> paths;

	private final TrustedProxies proxies;

	private final HostGuard hosts;

	private final long largestBody;

	private final Calls calls;

	IngestLane(Map<String, String> paths, CredentialGate gate, HostGuard hosts, TrustedProxies proxies,
			long largestBody, Calls calls) {
		this.hosts = hosts;
		this.paths = paths.entrySet()
			.stream()
			.map((path) -> new LanePath(path.getKey(), path.getValue(),
					gate.isOpen(org.springframework.http.HttpMethod.POST, PathContainer.parsePath(path.getKey()))))
			.collect(Collectors.toMap(LanePath::path, Function.identity()));
		this.proxies = proxies;
		this.largestBody = largestBody;
		this.calls = calls;
	}

	@Override
	public HttpServerRoutes apply(HttpServerRoutes routes) {
		return routes.route(this::takes, this::handle);
	}

	private boolean takes(HttpServerRequest request) {
		if (!this.paths.containsKey(request.uri()) || !HttpMethod.POST.equals(request.method())) {
			return false;
		}
		HttpHeaders headers = request.requestHeaders();
		long length = length(headers.get(HttpHeaderNames.CONTENT_LENGTH));
		return length >= 0 && length <= this.largestBody
				&& Stream
					.of(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderNames.ORIGIN, HttpHeaderNames.EXPECT,
							HttpHeaderNames.UPGRADE)
					.noneMatch(headers::contains)
				&& headers.getAll(HttpHeaderNames.HOST).size() <= 1
				&& this.hosts.allows(headers.get(HttpHeaderNames.HOST))
				&& !this.proxies.trusts(TrustedProxies.host(request.remoteAddress()));
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		LanePath path = Objects.requireNonNull(this.paths.get(request.uri()));
		long length = length(request.requestHeaders().get(HttpHeaderNames.CONTENT_LENGTH));
		return new Call(this.calls, request, response, path, length).begin();
	}

	private static long length(@Nullable String announced) {
		// Longer ones are none of the lane's.
		if (announced == null || announced.isEmpty() || announced.length() > 9) {
			return -1;
		}
		long length = 0;
		for (int i = 0; i < announced.length(); i++) {
			int digit = announced.charAt(i) - '0';
			if (digit < 0 || digit > 9) {
				return -1;
			}
			length = length * 10 + digit;
		}
		return length;
	}

}
