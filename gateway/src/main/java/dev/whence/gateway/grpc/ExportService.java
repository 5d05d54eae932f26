package dev.whence.gateway.grpc;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Semaphore;

import dev.whence.gateway.clock.Deadlines;
import dev.whence.model.ProblemCode;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import org.springframework.http.server.reactive.HttpHandler;

/**
 * One of OTLP's three services, whose only method is {@code Export}. Calls beyond the
 * permits are refused before their message is read.
 */
final class ExportService implements ServerCallHandler<InputStream, byte[]> {

	private final URI uri;

	private final HttpHandler handler;

	private final Semaphore permits;

	private final Duration bodyTime;

	private final Deadlines deadlines;

	private final Refusals refusals;

	ExportService(String path, HttpHandler handler, Semaphore permits, Duration bodyTime, Deadlines deadlines,
			Refusals refusals) {
		this.deadlines = deadlines;
		this.refusals = refusals;
		this.uri = URI.create("http://localhost" + path);
		this.handler = handler;
		this.permits = permits;
		this.bodyTime = bodyTime;
	}

	ServerServiceDefinition named(String name) {
		MethodDescriptor<InputStream, byte[]> export = MethodDescriptor
			.newBuilder(RawMessage.REQUEST, RawMessage.RESPONSE)
			.setType(MethodDescriptor.MethodType.UNARY)
			.setFullMethodName(MethodDescriptor.generateFullMethodName(name, "Export"))
			.build();
		return ServerServiceDefinition.builder(name).addMethod(export, this).build();
	}

	@Override
	public ServerCall.Listener<InputStream> startCall(ServerCall<InputStream, byte[]> call, Metadata metadata) {
		if (!this.permits.tryAcquire()) {
			Refusal refusal = this.refusals.of(ProblemCode.OVERLOADED, "Too many calls are under way; try again soon.");
			call.close(refusal.status(), refusal.trailers());
			return new ServerCall.Listener<>() {
			};
		}
		ExportCall export = new ExportCall(call, metadata, this.uri, this.handler, this.refusals,
				this.permits::release);
		export.begin(this.deadlines.schedule(this.bodyTime, export::tooLate));
		return export;
	}

}
