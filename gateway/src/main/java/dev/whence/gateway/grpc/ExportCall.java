package dev.whence.gateway.grpc;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.whence.gateway.limit.AddressLimit;
import dev.whence.model.ProblemCode;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.HttpHandler;

/**
 * One call, from its metadata to its status. When the client gives up or its deadline
 * passes, the request is given up too.
 */
final class ExportCall extends ServerCall.Listener<InputStream> {

	private static final Metadata.Key<String> CORRELATION = Metadata.Key.of("x-correlation-id",
			Metadata.ASCII_STRING_MARSHALLER);

	private final ServerCall<InputStream, byte[]> call;

	private final Metadata metadata;

	private final URI uri;

	private final HttpHandler handler;

	private final Refusals refusals;

	private final HeldBytes held = HeldBytes.current();

	private final Disposable place;

	private final AtomicBoolean answered = new AtomicBoolean();

	private final Disposable.Swap work = Disposables.swap();

	private @Nullable ByteBuf body;

	ExportCall(ServerCall<InputStream, byte[]> call, Metadata metadata, URI uri, HttpHandler handler, Refusals refusals,
			Disposable place) {
		this.refusals = refusals;
		this.call = call;
		this.metadata = metadata;
		this.uri = uri;
		this.handler = handler;
		this.place = place;
	}

	/**
	 * Begins to read.
	 * @param patience ends the call unless disposed of, which it is when the message is
	 * complete
	 */
	void begin(Disposable patience) {
		this.work.update(patience);
		this.held.onOverflow(this::refuseForWantOfMemory);
		// One more than there should be, so that a second one is noticed.
		this.call.request(2);
	}

	/** Ends the call if its message is not complete yet. */
	void tooLate() {
		refuse(ProblemCode.REQUEST_TIMEOUT, "The message was not complete in time");
	}

	@Override
	public void onMessage(InputStream message) {
		if (this.answered.get()) {
			return;
		}
		if (this.body != null) {
			refuse(ProblemCode.MALFORMED_BODY, "An export has one message, and there are more");
			return;
		}
		try {
			this.body = BodyReader.read(message, this.held);
			this.held.letGoOfArrived();
			if (this.body == null) {
				refuseForWantOfMemory();
			}
		}
		catch (StatusRuntimeException ex) {
			// The only one that reading throws.
			refuse(ProblemCode.BODY_TOO_LARGE, "The message is larger than the limit once inflated");
		}
		catch (IOException ex) {
			refuse(ProblemCode.MALFORMED_BODY, "The message cannot be inflated");
		}
	}

	@Override
	public void onHalfClose() {
		if (this.answered.get()) {
			return;
		}
		if (this.body == null) {
			refuse(ProblemCode.MALFORMED_BODY, "An export has one message, and there is none");
			return;
		}
		BridgedRequest request = new BridgedRequest(this.uri, this.metadata, Admissions.peer(this.call.getAttributes()),
				this.body);
		BridgedResponse response = new BridgedResponse();
		this.work.update(this.handler.handle(request, response)
			.contextWrite(AddressLimit::charged)
			.subscribe(null,
					(failure) -> refuse(ProblemCode.DEPENDENCY_UNAVAILABLE, "The answer broke off; try again soon"),
					() -> answer(response)));
	}

	@Override
	public void onCancel() {
		this.work.dispose();
		this.place.dispose();
	}

	@Override
	public void onComplete() {
		this.work.dispose();
		this.place.dispose();
	}

	private void answer(BridgedResponse response) {
		HttpStatusCode status = response.getStatusCode();
		if (status != null && status.isError()) {
			Refusal refusal = Refusal.of(status.value(), response.getHeaders(), response.body());
			putCorrelation(refusal.trailers(), response);
			refuse(refusal);
		}
		else if (this.answered.compareAndSet(false, true)) {
			Metadata headers = new Metadata();
			putCorrelation(headers, response);
			this.call.sendHeaders(headers);
			this.call.sendMessage(response.body());
			this.call.close(Status.OK, new Metadata());
			leave();
		}
	}

	private void refuseForWantOfMemory() {
		refuse(ProblemCode.OVERLOADED, "Too many messages are under way; try again soon");
	}

	private void refuse(ProblemCode code, String detail) {
		if (!this.answered.get()) {
			refuse(this.refusals.of(code, detail));
		}
	}

	private void refuse(Refusal refusal) {
		if (this.answered.compareAndSet(false, true)) {
			this.call.close(refusal.status(), refusal.trailers());
			leave();
		}
	}

	/** A client that does not read its answer keeps neither the place nor the memory. */
	private void leave() {
		this.body = null;
		this.held.letGo();
		this.place.dispose();
	}

	private static void putCorrelation(Metadata metadata, BridgedResponse response) {
		String id = response.getHeaders().getFirst(CORRELATION.originalName());
		if (id != null) {
			metadata.put(CORRELATION, id);
		}
	}

}
