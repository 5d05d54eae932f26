package dev.whence.gateway.grpc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A sender with a connection of its own. */
final class OtlpClient implements AutoCloseable {

	private final ManagedChannel channel;

	private final AtomicReference<Metadata> answerHeaders = new AtomicReference<>();

	private final AtomicReference<Metadata> answerTrailers = new AtomicReference<>();

	OtlpClient(int port) {
		this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
	}

	/** A port that nobody listens on. */
	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/** One log record with so many bytes of text. */
	static ExportLogsServiceRequest logs(int bytes) {
		LogRecord log = LogRecord.newBuilder()
			.setBody(AnyValue.newBuilder().setStringValueBytes(ByteString.copyFrom(new byte[bytes])))
			.build();
		return ExportLogsServiceRequest.newBuilder()
			.addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log)))
			.build();
	}

	ManagedChannel channel() {
		return this.channel;
	}

	LogsServiceGrpc.LogsServiceBlockingStub logs(String... metadata) {
		return LogsServiceGrpc.newBlockingStub(this.channel)
			.withDeadlineAfter(20, TimeUnit.SECONDS)
			.withInterceptors(with(metadata),
					MetadataUtils.newCaptureMetadataInterceptor(this.answerHeaders, this.answerTrailers));
	}

	LogsServiceGrpc.LogsServiceFutureStub future(String... metadata) {
		return LogsServiceGrpc.newFutureStub(this.channel)
			.withDeadlineAfter(20, TimeUnit.SECONDS)
			.withInterceptors(with(metadata));
	}

	StatusRuntimeException refusal(ExportLogsServiceRequest request, String... metadata) {
		return catchThrowableOfType(StatusRuntimeException.class, () -> logs(metadata).export(request));
	}

	Metadata answerHeaders() {
		return this.answerHeaders.get();
	}

	/** The delay in seconds that the failure asks for; 0 if it asks for none. */
	static long retryDelay(StatusRuntimeException failure) {
		Status status = StatusProto.fromThrowable(failure);
		assertThat(status).isNotNull();
		return status.getDetailsList().stream().mapToLong((detail) -> {
			try {
				return detail.unpack(RetryInfo.class).getRetryDelay().getSeconds();
			}
			catch (InvalidProtocolBufferException ex) {
				throw new AssertionError(ex);
			}
		}).findFirst().orElse(0);
	}

	private static ClientInterceptor with(String... metadata) {
		Metadata headers = new Metadata();
		for (int i = 0; i < metadata.length; i += 2) {
			headers.put(Metadata.Key.of(metadata[i], Metadata.ASCII_STRING_MARSHALLER), metadata[i + 1]);
		}
		return MetadataUtils.newAttachHeadersInterceptor(headers);
	}

	@Override
	public void close() {
		this.channel.shutdownNow();
	}

}
