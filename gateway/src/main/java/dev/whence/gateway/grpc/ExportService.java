package dev.whence.gateway.grpc;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;

import dev.whence.gateway.clock.Deadlines;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import reactor.core.Disposable;

import org.springframework.http.server.reactive.HttpHandler;

/**
 * One of OTLP's three services, whose only method is {@code Export}. Calls that are not
 * admitted are refused before their message is read.
 */
final class ExportService implements ServerCallHandler<InputStream, byte[]> {

	private final URI uri;

	private final HttpHandler handler;

	private final Admissions admissions;

	private final Duration bodyTime;

	private final Deadlines deadlines;

	private final Refusals refusals;

	ExportService(String path, HttpHandler handler, Admissions admissions, Duration bodyTime, Deadlines deadlines,
			Refusals refusals) {
		this.deadlines = deadlines;
		this.refusals = refusals;
		this.uri = URI.create("http://localhost" + path);
		this.handler = handler;
		this.admissions = admissions;
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
		return switch (this.admissions.ask(call.getAttributes(), metadata)) {
			case Admissions.Refused(Refusal refusal) -> {
				call.close(refusal.status(), refusal.trailers());
				yield new ServerCall.Listener<>() {
				};
			}
			case Admissions.Admitted(Disposable place) -> {
				ExportCall export = new ExportCall(call, metadata, this.uri, this.handler, this.refusals, place);
				export.begin(this.deadlines.schedule(this.bodyTime, export::tooLate));
				yield export;
			}
		};
	}

}
