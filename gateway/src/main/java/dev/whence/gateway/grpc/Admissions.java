package dev.whence.gateway.grpc;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

import dev.whence.gateway.limit.AddressLimit;
import dev.whence.gateway.limit.AddressSlots;
import dev.whence.gateway.shield.TrustedProxies;
import dev.whence.model.ProblemCode;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * Decides whether a call may begin, before anything of its message is read: neither its
 * address comes too often, nor it or all together have too many calls under way.
 */
final class Admissions {

	private static final Metadata.Key<String> FORWARDED_FOR = Metadata.Key.of("x-forwarded-for",
			Metadata.ASCII_STRING_MARSHALLER);

	private final Semaphore places;

	private final AddressSlots addresses;

	private final AddressLimit rates;

	private final TrustedProxies proxies;

	private final Refusals refusals;

	Admissions(GrpcProperties grpc, AddressLimit rates, TrustedProxies proxies, Refusals refusals) {
		this.places = new Semaphore(grpc.concurrency());
		this.addresses = new AddressSlots(grpc.addressConcurrency(), proxies);
		this.rates = rates;
		this.proxies = proxies;
		this.refusals = refusals;
	}

	/** The other end of a call's connection. */
	static @Nullable InetSocketAddress peer(Attributes transport) {
		return (transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress address) ? address : null;
	}

	/** Asks for a place for a call, and charges its address. */
	Admission ask(Attributes transport, Metadata metadata) {
		String client = this.proxies.clientOf(peer(transport), forwardedFor(metadata));
		Duration wait = this.rates.charge(client);
		if (!wait.isZero()) {
			long seconds = AddressLimit.seconds(wait);
			return new Refused(
					this.refusals.of(ProblemCode.RATE_LIMITED, AddressLimit.advice(seconds), Long.toString(seconds)));
		}
		if (!this.addresses.tryTake(client)) {
			return new Refused(this.refusals.of(ProblemCode.OVERLOADED,
					"Too many calls of this client are under way; try again soon"));
		}
		if (!this.places.tryAcquire()) {
			this.addresses.release(client);
			return new Refused(
					this.refusals.of(ProblemCode.OVERLOADED, "Too many calls are under way; try again soon"));
		}
		// A composite is disposed of once, however often it is told to.
		return new Admitted(Disposables.composite(() -> {
			this.places.release();
			this.addresses.release(client);
		}));
	}

	private static List<String> forwardedFor(Metadata metadata) {
		List<String> values = new ArrayList<>();
		Iterable<String> sent = metadata.getAll(FORWARDED_FOR);
		if (sent != null) {
			sent.forEach(values::add);
		}
		return values;
	}

	/** The answer. */
	sealed interface Admission {

	}

	/** The call may begin; its place is given back when it is answered. */
	record Admitted(Disposable place) implements Admission {
	}

	record Refused(Refusal refusal) implements Admission {
	}

}
