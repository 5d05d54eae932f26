package dev.whence.gateway.limit;

import java.time.Duration;

import reactor.core.publisher.Mono;

/** How often a client may come. */
interface KeyLimit {

	/** Nothing to wait for; the same object, so that nobody need subscribe to it. */
	Mono<Duration> GO_ON = Mono.just(Duration.ZERO);

	/** How long the client has to wait; zero if it may go on. Never fails. */
	Mono<Duration> waitOf(String client);

}
