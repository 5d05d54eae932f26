package dev.whence.e2e.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import brave.Span;
import brave.Tracing;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import dev.whence.e2e.platform.GatewayClient.Reply;
import dev.whence.e2e.platform.Whence;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import zipkin2.reporter.Encoding;
import zipkin2.reporter.brave.AsyncZipkinSpanHandler;
import zipkin2.reporter.okhttp3.OkHttpSender;

import static org.assertj.core.api.Assertions.assertThat;

/** Brave with Zipkin's reporter, in both of its formats. */
class BraveIT {

	private final Whence whence = Whence.running();

	private final String service = "brave-" + UUID.randomUUID().toString().substring(0, 8);

	@ParameterizedTest
	@EnumSource(value = Encoding.class, names = { "JSON", "PROTO3" })
	void bothSidesOfACallThatShareASpanIdAreStored(Encoding encoding) {
		String trace;
		try (OkHttpSender sender = sender(encoding);
				AsyncZipkinSpanHandler handler = AsyncZipkinSpanHandler.newBuilder(sender)
					.messageTimeout(200, TimeUnit.MILLISECONDS)
					.build();
				Tracing shop = tracing(this.service + "-shop", handler);
				Tracing bank = tracing(this.service + "-bank", handler)) {
			trace = call(shop, bank);
			handler.flush();
		}
		List<JsonNode> spans = Awaitility.await("three spans of " + trace)
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> spans(trace), (found) -> found.size() >= 3);
		assertThat(spans).hasSize(3);
		List<String> ids = spans.stream().map((span) -> span.get("payload").get("span_id").asString()).toList();
		assertThat(ids).as("the call's two sides share an id: %s", spans).hasSize(3);
		assertThat(ids.stream().distinct()).hasSize(2);
		assertThat(spans).extracting((span) -> span.get("service_name").asString())
			.containsExactlyInAnyOrder(this.service + "-shop", this.service + "-shop", this.service + "-bank");
		assertThat(spans.toString()).contains("card declined");
	}

	private static String call(Tracing shop, Tracing bank) {
		Span checkout = shop.tracer().newTrace().name("checkout").start();
		Span client = shop.tracer().newChild(checkout.context()).kind(Span.Kind.CLIENT).name("pay").start();
		Map<String, String> headers = new HashMap<>();
		shop.propagation().<Map<String, String>>injector(Map::put).inject(client.context(), headers);
		TraceContext received = bank.propagation().<Map<String, String>>extractor(Map::get).extract(headers).context();
		Span server = bank.tracer().joinSpan(received).kind(Span.Kind.SERVER).name("pay").start();
		server.error(new IllegalStateException("card declined")).tag("order", "17").annotate("refused").finish();
		client.tag("http.status_code", "500").finish();
		checkout.finish();
		assertThat(server.context().spanIdString()).isEqualTo(client.context().spanIdString());
		return checkout.context().traceIdString();
	}

	private List<JsonNode> spans(String trace) {
		Reply reply = this.whence.gateway().get("/query/traces/" + trace);
		assertThat(reply.status()).as(reply.body()).isIn(200, 404);
		return (reply.status() == 404) ? List.of() : reply.json().valueStream().toList();
	}

	private OkHttpSender sender(Encoding encoding) {
		OkHttpSender.Builder sender = OkHttpSender.newBuilder()
			.endpoint(this.whence.gateway().url() + "/api/v2/spans")
			.encoding(encoding);
		sender.clientBuilder()
			.addInterceptor(
					(chain) -> chain.proceed(chain.request().newBuilder().header("X-Api-Key", Whence.KEY).build()));
		return sender.build();
	}

	private static Tracing tracing(String service, SpanHandler handler) {
		return Tracing.newBuilder().localServiceName(service).traceId128Bit(true).addSpanHandler(handler).build();
	}

}
