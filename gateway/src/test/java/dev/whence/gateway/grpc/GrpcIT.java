package dev.whence.gateway.grpc;

import java.io.IOException;
import java.util.Map;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.Status;
import dev.whence.gateway.RunningGateway;
import dev.whence.gateway.ServiceBehind;
import dev.whence.gateway.ServiceBehind.Answer;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What passes through: messages, who sends them, and what is said about them. */
class GrpcIT {

	private static final String PROTOBUF = "application/x-protobuf";

	private static final ServiceBehind ingest = ServiceBehind.named("ingest");

	private static RunningGateway gateway;

	private static OtlpClient client;

	@BeforeAll
	static void start() throws IOException {
		int port = OtlpClient.freePort();
		gateway = RunningGateway.with("whence.gateway.services.ingest=" + ingest.url(),
				"whence.gateway.grpc.port=" + port, "whence.security.mode=required", "whence.gateway.limit.key-rate=1",
				"whence.gateway.limit.key-burst=40");
		client = new OtlpClient(port);
	}

	@AfterAll
	static void stop() {
		client.close();
		gateway.close();
		ingest.close();
	}

	@BeforeEach
	void storesEverything() {
		ingest.answers(answer(200, new byte[0]));
	}

	@Test
	void anExportBecomesTheRequestThatMeansTheSame() {
		ExportLogsServiceRequest request = OtlpClient.logs(200_000);

		ExportLogsServiceResponse response = client
			.logs("x-api-key", "k", "x-user-id", "spoofed", "traceparent",
					"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
			.export(request);

		assertThat(response).isEqualTo(ExportLogsServiceResponse.getDefaultInstance());
		var received = ingest.last();
		assertThat(received.method() + " " + received.uri()).isEqualTo("POST /v1/logs");
		assertThat(received.body()).isEqualTo(request.toByteArray());
		assertThat(received.header("Content-Type")).isEqualTo(PROTOBUF);
		assertThat(received.header("X-Api-Key")).isEqualTo("k");
		assertThat(received.header("X-User-Id")).isEmpty();
		assertThat(received.header("traceparent")).startsWith("00-0af7651916cd43dd8448eb211c80319c");
		assertThat(received.header("X-Forwarded-For")).isIn("", "127.0.0.1");
		assertThat(client.answerHeaders().get(Metadata.Key.of("x-correlation-id", Metadata.ASCII_STRING_MARSHALLER)))
			.isEqualTo(received.header("X-Correlation-Id"))
			.isNotEmpty();
	}

	@Test
	void eachOfTheThreeSignalsHasItsPath() {
		var key = MetadataUtils.newAttachHeadersInterceptor(bearer());
		TraceServiceGrpc.newBlockingStub(client.channel())
			.withInterceptors(key)
			.export(ExportTraceServiceRequest.getDefaultInstance());
		assertThat(ingest.last().uri()).isEqualTo("/v1/traces");
		assertThat(ingest.last().header("Authorization")).isEqualTo("Bearer t");
		assertThat(ingest.last().body()).isEmpty();

		MetricsServiceGrpc.newBlockingStub(client.channel())
			.withInterceptors(key)
			.export(ExportMetricsServiceRequest.getDefaultInstance());
		assertThat(ingest.last().uri()).isEqualTo("/v1/metrics");
	}

	@Test
	void aPartialSuccessArrivesByteForByte() {
		ExportLogsServiceResponse partial = ExportLogsServiceResponse.newBuilder()
			.setPartialSuccess(ExportLogsPartialSuccess.newBuilder().setRejectedLogRecords(3).setErrorMessage("three"))
			// As a later version of OTLP might say it.
			.setUnknownFields(UnknownFieldSet.newBuilder()
				.addField(99,
						UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8("x")).build())
				.build())
			.build();
		ingest.answers(answer(200, partial.toByteArray()));

		ExportLogsServiceResponse response = client.logs("x-api-key", "k").export(OtlpClient.logs(1));

		assertThat(response.toByteArray()).isEqualTo(partial.toByteArray());
	}

	@Test
	void compressedMessagesArriveInflated() {
		ExportLogsServiceRequest request = OtlpClient.logs(500_000);

		client.logs("x-api-key", "k").withCompression("gzip").export(request);

		assertThat(ingest.last().body()).isEqualTo(request.toByteArray());
		assertThat(ingest.last().header("Content-Encoding")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "400,INVALID_ARGUMENT", "422,INVALID_ARGUMENT", "401,UNAUTHENTICATED", "403,PERMISSION_DENIED",
			"404,UNIMPLEMENTED", "405,UNIMPLEMENTED", "415,UNIMPLEMENTED", "413,RESOURCE_EXHAUSTED",
			"408,DEADLINE_EXCEEDED", "500,INTERNAL", "501,INTERNAL" })
	void aFailureThatRetryingCannotMendSaysSo(int status, Code code) {
		ingest.answers(answer(status, said("because")));

		StatusRuntimeException failure = client.refusal(OtlpClient.logs(1), "x-api-key", "k");

		assertThat(failure.getStatus().getCode()).isEqualTo(code);
		assertThat(failure.getStatus().getDescription()).isEqualTo("because");
		assertThat(OtlpClient.retryDelay(failure)).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "429,7,7,7", "502,,1,5", "503,2,2,2", "503,'Fri, 31 Dec 1999 23:59:59 GMT',1,5", "504,,1,5" })
	void aFailureThatPassesSaysWhenToTryAgain(int status, String retryAfter, long from, long to) {
		byte[] body = said("later");
		ingest.answers((exchange) -> {
			if (retryAfter != null) {
				exchange.getResponseHeaders().add("Retry-After", retryAfter);
			}
			answer(status, body).to(exchange);
		});

		StatusRuntimeException failure = client.refusal(OtlpClient.logs(1), "x-api-key", "k");

		assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(failure.getStatus().getDescription()).isEqualTo("later");
		assertThat(OtlpClient.retryDelay(failure)).isBetween(from, to);
	}

	@Test
	void whoSaysNothingOfHimselfIsNotAuthenticated() {
		int before = ingest.received().size();

		StatusRuntimeException failure = client.refusal(OtlpClient.logs(1));

		assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(failure.getStatus().getDescription()).contains("X-Api-Key");
		assertThat(ingest.received()).hasSize(before);
	}

	@Test
	void aKeyThatSendsTooMuchIsToldWhenToGoOn() {
		StatusRuntimeException failure = null;
		for (int i = 0; i < 60 && failure == null; i++) {
			failure = client.refusal(OtlpClient.logs(1), "x-api-key", "greedy");
		}

		assertThat(failure).isNotNull();
		assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(OtlpClient.retryDelay(failure)).isEqualTo(1);
	}

	@Test
	void whatIsNotServedIsUnimplemented() {
		var unknown = LogsServiceGrpc.getExportMethod()
			.toBuilder()
			.setFullMethodName("opentelemetry.proto.collector.logs.v1.LogsService/Import")
			.build();

		StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, () -> ClientCalls
			.blockingUnaryCall(client.channel(), unknown, CallOptions.DEFAULT, OtlpClient.logs(1)));

		assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNIMPLEMENTED);
	}

	private static Metadata bearer() {
		Metadata metadata = new Metadata();
		Map.of("authorization", "Bearer t")
			.forEach((name, value) -> metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
		return metadata;
	}

	private static byte[] said(String message) {
		return Status.newBuilder().setCode(2).setMessage(message).build().toByteArray();
	}

	private static Answer answer(int status, byte[] body) {
		return (exchange) -> {
			exchange.getResponseHeaders().add("Content-Type", PROTOBUF);
			exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
		};
	}

}
