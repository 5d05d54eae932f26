package dev.whence.gateway.lane;

import java.time.Duration;

import dev.whence.gateway.fallback.FailedRequest;
import dev.whence.gateway.fallback.FailureBody;
import dev.whence.gateway.limit.AddressLimit;
import dev.whence.gateway.limit.KeyQuotas;
import dev.whence.gateway.route.UpstreamTimeoutException;
import dev.whence.gateway.shield.Correlation;
import dev.whence.gateway.shield.CredentialGate;
import dev.whence.gateway.shield.TrustedProxies;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One request on its way through the lane: who may send it, how often and how much, then
 * its whole body in one piece to ingest, and the answer in one piece back.
 */
final class Call {

	private final Calls calls;

	private final HttpServerRequest request;

	private final HttpServerResponse response;

	private final LanePath path;

	private final long length;

	private final HttpHeaders headers;

	private final Correlation correlation;

	private final long begun = System.nanoTime();

	private int status;

	/** Of the bulkhead, held from when the service is asked. */
	private boolean hasPlace;

	/** Of the bytes that have arrived; null while nothing of the body is wanted. */
	private BytesInFlight.@Nullable Account account;

	/** Of the body. */
	private Disposable deadline = Disposables.disposed();

	/**
	 * Of the breaker, when the service was asked and has not answered yet; 0 otherwise.
	 */
	private long askedAt;

	private @Nullable ByteBuf body;

	Call(Calls calls, HttpServerRequest request, HttpServerResponse response, LanePath path, long length) {
		this.calls = calls;
		this.request = request;
		this.response = response;
		this.path = path;
		this.length = length;
		this.headers = request.requestHeaders();
		this.correlation = Correlation.from(this.headers::get);
	}

	Mono<Void> begin() {
		return decide().doFinally(this::end);
	}

	private Mono<Void> decide() {
		String authorization = this.headers.get(HttpHeaderNames.AUTHORIZATION);
		String key = this.headers.get("X-Api-Key");
		if (!this.path.open() && !CredentialGate.isCredential(authorization, key)) {
			this.response.header(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
			return refuse(CredentialGate.refusal());
		}
		Mono<Duration> wait = this.calls.limits()
			.charge(TrustedProxies.host(this.request.remoteAddress()), credential());
		return (wait == null) ? forward() : wait.flatMap((time) -> time.isZero() ? forward() : slowDown(time));
	}

	private @Nullable String credential() {
		String key = this.headers.get("X-Api-Key");
		return (key != null) ? key : this.headers.get(HttpHeaderNames.AUTHORIZATION);
	}

	private Mono<Void> slowDown(Duration wait) {
		long seconds = AddressLimit.seconds(wait);
		this.response.header(HttpHeaderNames.RETRY_AFTER, Long.toString(seconds));
		return refuse(AddressLimit.refusal(seconds));
	}

	private Mono<Void> forward() {
		if (this.length > this.calls.body().size().toBytes()) {
			return refuse(this.calls.body().tooLarge());
		}
		// A slow sender has no place: until its body is here, nobody is asked.
		if (this.calls.bulkhead().getMetrics().getAvailableConcurrentCalls() <= 0) {
			return refuse(BulkheadFullException.createBulkheadFullException(this.calls.bulkhead()));
		}
		if (!this.calls.inFlight().hasRoomFor(this.length)) {
			return refuse(noRoom());
		}
		return body().flatMap(this::ask).onErrorResume(this::refuse);
	}

	private Mono<ByteBuf> body() {
		if (this.length == 0) {
			return Mono.just(Unpooled.EMPTY_BUFFER);
		}
		Sinks.Empty<Void> over = Sinks.empty();
		BytesInFlight.Account arrived = this.calls.inFlight()
			.open(this.length, () -> Schedulers.parallel().schedule(() -> over.tryEmitError(noRoom())));
		this.account = arrived;
		this.deadline = this.calls.deadlines()
			.schedule(this.calls.body().time(), () -> over.tryEmitError(this.calls.body().tooSlow()));
		ByteBufFlux parts = ByteBufFlux.fromInbound(this.request.receive().doOnNext((part) -> {
			if (!arrived.add(part.readableBytes())) {
				throw noRoom();
			}
		}));
		return parts.aggregate().retain().takeUntilOther(over.asMono());
	}

	private static ProblemException noRoom() {
		return new ProblemException(ProblemCode.OVERLOADED, "Too much is under way; try again in a while");
	}

	private Mono<Void> ask(ByteBuf whole) {
		this.body = whole;
		this.deadline.dispose();
		if (!this.calls.bulkhead().tryAcquirePermission()) {
			return refuse(BulkheadFullException.createBulkheadFullException(this.calls.bulkhead()));
		}
		this.hasPlace = true;
		if (!this.calls.breaker().tryAcquirePermission()) {
			return refuse(CallNotPermittedException.createCallNotPermittedException(this.calls.breaker()));
		}
		this.askedAt = this.calls.breaker().getCurrentTimestamp();
		return this.calls.client()
			.post(this.path.path(), this.headers, this.correlation.id(), whole)
			.doOnError(this::failed)
			.onErrorMap(ReadTimeoutException.class,
					(ex) -> new UpstreamTimeoutException(this.calls.breaker().getName(), ex))
			.flatMap(this::pass);
	}

	private void failed(Throwable failure) {
		if (this.askedAt != 0) {
			this.calls.breaker().onError(since(), this.calls.breaker().getTimestampUnit(), failure);
			this.askedAt = 0;
		}
	}

	private long since() {
		return this.calls.breaker().getCurrentTimestamp() - this.askedAt;
	}

	/** Hands on what the service said, whatever it was. */
	private Mono<Void> pass(IngestClient.Answer answer) {
		this.calls.breaker().onSuccess(since(), this.calls.breaker().getTimestampUnit());
		this.askedAt = 0;
		this.calls.advice().answered();
		this.calls.limits().learn(credential(), answer.headers().get(KeyQuotas.HEADER));
		this.status = answer.status().code();
		this.response.status(answer.status());
		HttpHeaders said = this.response.responseHeaders();
		LaneHeaders.copyAnswer(answer.headers(), said);
		LaneHeaders.addOwn(said, this.correlation);
		return send(answer.body());
	}

	private Mono<Void> refuse(Throwable thrown) {
		if (this.response.hasSentHeaders() && AbortedException.isConnectionReset(thrown)) {
			// The client went away in the middle of its answer, as clients do.
			return Mono.error(thrown);
		}
		FailedRequest failed = new FailedRequest("POST", this.path.path(),
				this.headers.get(HttpHeaderNames.CONTENT_TYPE), this.path.route(), this.correlation);
		ProblemException failure = this.calls.reports().report(thrown, failed);
		if (this.response.hasSentHeaders()) {
			return Mono.error(thrown);
		}
		FailureBody text = this.calls.reports().body(failure, failed);
		this.status = failure.code().status();
		this.response.status(this.status);
		HttpHeaders said = this.response.responseHeaders();
		said.set(HttpHeaderNames.CONTENT_TYPE, text.type());
		if (failure.code().isTransient() && !said.contains(HttpHeaderNames.RETRY_AFTER)) {
			said.set(HttpHeaderNames.RETRY_AFTER, Long.toString(this.calls.advice().seconds(failure.code())));
		}
		LaneHeaders.addOwn(said, this.correlation);
		return send(Unpooled.wrappedBuffer(text.bytes()));
	}

	private Mono<Void> send(ByteBuf answer) {
		this.response.responseHeaders().set(HttpHeaderNames.CONTENT_LENGTH, answer.readableBytes());
		if (answer.isReadable()) {
			return this.response.sendObject(answer).then();
		}
		answer.release();
		return this.response.send();
	}

	private void end(SignalType signal) {
		if (this.hasPlace) {
			this.hasPlace = false;
			this.calls.bulkhead().onComplete();
		}
		this.deadline.dispose();
		BytesInFlight.Account arrived = this.account;
		if (arrived != null) {
			this.account = null;
			arrived.close();
		}
		if (this.askedAt != 0) {
			// The client went away, which says nothing about the service.
			this.askedAt = 0;
			this.calls.breaker().releasePermission();
		}
		ByteBuf held = this.body;
		if (held != null) {
			this.body = null;
			held.release();
		}
		this.calls.metrics().record(this.path.path(), this.status, System.nanoTime() - this.begun);
	}

}
