package dev.whence.gateway.grpc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.google.common.util.concurrent.ListenableFuture;
import dev.whence.gateway.RunningGateway;
import dev.whence.gateway.ServiceBehind;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** What does not pass: too large, too many, too slow, nobody there. */
@ExtendWith(OutputCaptureExtension.class)
class GrpcFailureIT {

	private final ServiceBehind ingest = ServiceBehind.named("ingest");

	private final CountDownLatch release = new CountDownLatch(1);

	private RunningGateway gateway;

	private OtlpClient client;

	private void start(String... settings) throws IOException {
		int port = OtlpClient.freePort();
		List<String> all = new ArrayList<>(
				List.of("whence.gateway.services.ingest=" + this.ingest.url(), "whence.gateway.grpc.port=" + port));
		all.addAll(List.of(settings));
		this.gateway = RunningGateway.with(all.toArray(String[]::new));
		this.client = new OtlpClient(port);
		this.ingest.answers((exchange) -> exchange.sendResponseHeaders(200, -1));
	}

	@AfterEach
	void stop() {
		this.release.countDown();
		if (this.gateway != null) {
			this.client.close();
			this.gateway.close();
		}
		this.ingest.close();
	}

	@Test
	void aMessageBeyondTheLimitIsRefusedForGoodInflatedOrNot() throws IOException {
		start("whence.gateway.limit.max-body=64KB");

		StatusRuntimeException plain = this.client.refusal(OtlpClient.logs(65 * 1024));
		StatusRuntimeException bomb = refusedCompressed(OtlpClient.logs(50_000_000));

		assertThat(List.of(plain, bomb)).allSatisfy((failure) -> {
			assertThat(failure.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
			assertThat(OtlpClient.retryDelay(failure)).isZero();
		});
		assertThat(this.ingest.received()).isEmpty();
		this.client.logs().export(OtlpClient.logs(60 * 1024));
		assertThat(this.ingest.received()).hasSize(1);
	}

	@Test
	void messagesUnderWayTogetherAreBounded() throws Exception {
		start("whence.gateway.limit.max-body=1MB", "whence.gateway.grpc.bodies=4MB");
		answerWhenReleased();
		List<ListenableFuture<ExportLogsServiceResponse>> first = new ArrayList<>(export(3, 1_040_000));
		await().until(() -> this.ingest.received().size() == 3);
		first.addAll(export(1, 100_000));
		await().until(() -> this.ingest.received().size() == 4);

		StatusRuntimeException plain = this.client.refusal(OtlpClient.logs(1_040_000));
		StatusRuntimeException inflated = refusedCompressed(OtlpClient.logs(1_040_000));

		assertThat(List.of(plain, inflated)).allSatisfy((failure) -> {
			assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
			assertThat(OtlpClient.retryDelay(failure)).isBetween(1L, 5L);
		});
		this.release.countDown();
		for (var each : first) {
			each.get();
		}
		// Everything was given back, by those that passed and those that did not.
		for (var each : export(3, 1_040_000)) {
			each.get();
		}
	}

	@Test
	void callsUnderWayTogetherAreBounded() throws Exception {
		start("whence.gateway.grpc.concurrency=2");
		answerWhenReleased();
		List<ListenableFuture<ExportLogsServiceResponse>> first = export(2, 10);
		await().until(() -> this.ingest.received().size() == 2);

		// On a connection of its own: on one connection they would wait for each other.
		try (OtlpClient other = new OtlpClient(port())) {
			StatusRuntimeException refused = other.refusal(OtlpClient.logs(10));

			assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
			assertThat(OtlpClient.retryDelay(refused)).isBetween(1L, 5L);
			this.release.countDown();
			for (var each : first) {
				each.get();
			}
			await().untilAsserted(() -> other.logs().export(OtlpClient.logs(10)));
		}
		assertThat(this.gateway.get("/metrics").body()).contains("whence_gateway_refused_total{code=\"overloaded\"}");
	}

	@Test
	void oneConnectionCannotHoldAllCalls() throws Exception {
		start("whence.gateway.grpc.concurrency=4", "whence.gateway.grpc.connection-concurrency=2");
		answerWhenReleased();
		List<ListenableFuture<ExportLogsServiceResponse>> greedy = export(4, 10);
		await().until(() -> this.ingest.received().size() == 2);

		try (OtlpClient other = new OtlpClient(port())) {
			ListenableFuture<ExportLogsServiceResponse> modest = other.future().export(OtlpClient.logs(10));
			await().until(() -> this.ingest.received().size() == 3);
			this.release.countDown();
			assertThat(modest.get()).isEqualTo(ExportLogsServiceResponse.getDefaultInstance());
		}
		for (var each : greedy) {
			each.get();
		}
	}

	@Test
	void oneAddressCannotHoldAllCalls() throws Exception {
		start("whence.gateway.grpc.concurrency=4", "whence.gateway.grpc.address-concurrency=2",
				"whence.gateway.shield.trusted-proxies=127\\.0\\.0\\.1");
		answerWhenReleased();
		List<ListenableFuture<ExportLogsServiceResponse>> admitted = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			admitted.add(this.client.future("x-forwarded-for", "10.0.0.1").export(OtlpClient.logs(10)));
		}
		await().until(() -> this.ingest.received().size() == 2);

		StatusRuntimeException refused = this.client.refusal(OtlpClient.logs(10), "x-forwarded-for", "10.0.0.1");
		admitted.add(this.client.future("x-forwarded-for", "10.0.0.2").export(OtlpClient.logs(10)));

		assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(OtlpClient.retryDelay(refused)).isBetween(1L, 5L);
		await().until(() -> this.ingest.received().size() == 3);
		this.release.countDown();
		for (var each : admitted) {
			each.get();
		}
		this.client.logs("x-forwarded-for", "10.0.0.1").export(OtlpClient.logs(10));
	}

	@Test
	void aCallIsChargedToItsAddressWhenItBeginsAndOnlyThen() throws Exception {
		start("whence.gateway.limit.address-rate=1", "whence.gateway.limit.address-burst=12");
		// Charged twice each, they would be too many.
		for (int i = 0; i < 10; i++) {
			this.client.logs().export(OtlpClient.logs(10));
		}
		// Calls that never send their message.
		for (int i = 0; i < 2; i++) {
			begin(this.client.channel(), new CompletableFuture<>());
		}

		await().untilAsserted(() -> {
			StatusRuntimeException refused = this.client.refusal(OtlpClient.logs(10));
			assertThat(refused).isNotNull();
			assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
			assertThat(refused.getStatus().getDescription()).contains("go on in 1 s");
			assertThat(OtlpClient.retryDelay(refused)).isEqualTo(1);
		});
		assertThat(this.gateway.get("/metrics").body()).contains("whence_gateway_refused_total{code=\"rate-limited\"}");
	}

	@Test
	void aClientThatDoesNotReadItsAnswersHoldsNoPlace() throws Exception {
		start("whence.gateway.grpc.concurrency=2");
		// There is room for a byte of an answer, and no more is asked for.
		ManagedChannel deaf = NettyChannelBuilder.forAddress("127.0.0.1", port())
			.usePlaintext()
			.flowControlWindow(1)
			.build();
		try {
			for (int i = 0; i < 2; i++) {
				ClientCall<ExportLogsServiceRequest, ExportLogsServiceResponse> call = begin(deaf,
						new CompletableFuture<>());
				call.sendMessage(OtlpClient.logs(10));
				call.halfClose();
			}
			await().until(() -> this.ingest.received().size() == 2);

			await().untilAsserted(() -> assertThat(this.client.logs().export(OtlpClient.logs(10)))
				.isEqualTo(ExportLogsServiceResponse.getDefaultInstance()));
		}
		finally {
			deaf.shutdownNow();
		}
	}

	@Test
	void anIngestThatIsDownIsUnavailable() throws IOException {
		start();
		this.ingest.close();

		StatusRuntimeException failure = this.client.refusal(OtlpClient.logs(10));

		assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(failure.getStatus().getDescription()).contains("is down").doesNotContain("127.0.0.1");
		assertThat(OtlpClient.retryDelay(failure)).isBetween(1L, 5L);
	}

	@Test
	void anIngestThatIsTooSlowIsUnavailable() throws IOException {
		start("whence.gateway.guard.time-limit=300ms");
		answerWhenReleased();

		StatusRuntimeException failure = this.client.refusal(OtlpClient.logs(10));

		assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(failure.getStatus().getDescription()).contains("'ingest' did not answer in time");
		assertThat(OtlpClient.retryDelay(failure)).isBetween(1L, 5L);
	}

	@Test
	void anIngestThatBreaksOffItsAnswerIsUnavailable() throws IOException {
		start();
		this.ingest.answers((exchange) -> {
			exchange.sendResponseHeaders(200, 100);
			exchange.getResponseBody().write(1);
			exchange.getResponseBody().flush();
			throw new IOException("in the middle");
		});

		StatusRuntimeException failure = this.client.refusal(OtlpClient.logs(10));

		assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(OtlpClient.retryDelay(failure)).isBetween(1L, 5L);
	}

	@Test
	void aCallWhoseDeadlinePassesLeavesNothingBehind() throws IOException {
		start("whence.gateway.grpc.concurrency=1");
		answerWhenReleased();

		assertThatThrownBy(
				() -> this.client.logs().withDeadlineAfter(300, TimeUnit.MILLISECONDS).export(OtlpClient.logs(10)))
			.isInstanceOfSatisfying(StatusRuntimeException.class,
					(failure) -> assertThat(failure.getStatus().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED));
		await().untilAsserted(() -> assertThat(this.gateway.get("/metrics").body())
			.contains("resilience4j_bulkhead_available_concurrent_calls{name=\"ingest\"} 512.0"));
		this.release.countDown();
		await().untilAsserted(() -> this.client.logs().export(OtlpClient.logs(10)));
	}

	@Test
	void aMessageThatNeverEndsIsTheClientsFault() throws Exception {
		start("whence.gateway.limit.body-time=300ms");
		CompletableFuture<Status> ended = new CompletableFuture<>();
		begin(this.client.channel(), ended).request(1);

		assertThat(ended.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
		assertThat(this.ingest.received()).isEmpty();
	}

	@Test
	void whatIsInFlightIsFinishedBeforeTheEnd() throws Exception {
		start();
		answerWhenReleased();
		List<ListenableFuture<ExportLogsServiceResponse>> inFlight = export(1, 10);
		await().until(() -> this.ingest.received().size() == 1);

		CompletableFuture<Void> closed = CompletableFuture.runAsync(this.gateway::close);
		await().untilAsserted(() -> {
			try (OtlpClient late = new OtlpClient(port())) {
				assertThat(late.refusal(OtlpClient.logs(10)).getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
			}
		});
		assertThat(closed).isNotDone();
		this.release.countDown();

		assertThat(inFlight.getFirst().get()).isEqualTo(ExportLogsServiceResponse.getDefaultInstance());
		assertThat(closed).succeedsWithin(Duration.ofSeconds(20));
		assertThat(this.ingest.received()).hasSize(1);
	}

	@Test
	void aTakenPortStopsTheStartWithOneClearSentence(CapturedOutput output) throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatThrownBy(() -> RunningGateway.with("whence.gateway.grpc.port=" + taken.getLocalPort()).close())
				.hasRootCauseInstanceOf(IOException.class);

			assertThat(output).contains("The OTLP port " + taken.getLocalPort() + " is already in use")
				.contains("WHENCE_OTLP_GRPC_PORT (0 for none)");
		}
	}

	/** Sends the metadata of a call and nothing else. */
	private static ClientCall<ExportLogsServiceRequest, ExportLogsServiceResponse> begin(Channel channel,
			CompletableFuture<Status> ended) {
		ClientCall<ExportLogsServiceRequest, ExportLogsServiceResponse> call = channel.newCall(streaming(),
				CallOptions.DEFAULT);
		call.start(new ClientCall.Listener<>() {
			@Override
			public void onClose(Status status, Metadata trailers) {
				ended.complete(status);
			}
		}, new Metadata());
		return call;
	}

	/** A client of unary methods would send nothing at all before it has a message. */
	private static MethodDescriptor<ExportLogsServiceRequest, ExportLogsServiceResponse> streaming() {
		return LogsServiceGrpc.getExportMethod()
			.toBuilder()
			.setType(MethodDescriptor.MethodType.BIDI_STREAMING)
			.build();
	}

	private int port() {
		return Integer.parseInt(this.client.channel().authority().split(":")[1]);
	}

	private void answerWhenReleased() {
		this.ingest.answers((exchange) -> {
			try {
				this.release.await(20, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			exchange.sendResponseHeaders(200, -1);
		});
	}

	private List<ListenableFuture<ExportLogsServiceResponse>> export(int calls, int bytes) {
		List<ListenableFuture<ExportLogsServiceResponse>> under = new ArrayList<>();
		for (int i = 0; i < calls; i++) {
			under.add(this.client.future().export(OtlpClient.logs(bytes)));
		}
		return under;
	}

	private StatusRuntimeException refusedCompressed(ExportLogsServiceRequest request) {
		return catchThrowableOfType(StatusRuntimeException.class,
				() -> this.client.logs().withCompression("gzip").export(request));
	}

}
