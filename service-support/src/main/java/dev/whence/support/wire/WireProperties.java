package dev.whence.support.wire;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How services reach one another.
 *
 * @param kind {@code kafka} between processes, {@code in-process} within one
 * @param handlingLimit a handler that takes longer counts as dead and its message goes to
 * another member of the group
 * @param concurrency messages that one subscription handles at the same time
 * @param retry the pauses between attempts
 */
@Validated
@ConfigurationProperties("whence.wire")
public record WireProperties(@DefaultValue("kafka") Kind kind, @DefaultValue("60s") Duration handlingLimit,
		@DefaultValue("2") @Min(1) @Max(64) int concurrency, @DefaultValue @Valid Retry retry,
		@DefaultValue @Valid Kafka kafka, @DefaultValue @Valid InProcess inProcess) {

	/** Which adapter carries the messages. */
	public enum Kind {

		KAFKA, IN_PROCESS

	}

	/**
	 * The pause doubles with every attempt.
	 *
	 * @param first after the first failure
	 * @param longest never longer than this
	 */
	public record Retry(@DefaultValue("200ms") Duration first, @DefaultValue("30s") Duration longest) {

		/** How long to wait after so many failed attempts, at least one. */
		public Duration pauseAfter(int attempts) {
			Duration doubled = this.first.multipliedBy(1L << Math.min(attempts - 1, 20));
			return (doubled.compareTo(this.longest) < 0) ? doubled : this.longest;
		}

	}

	/**
	 * Settings beyond {@code spring.kafka}.
	 *
	 * @param partitions of topics that the wire creates; the upper limit of useful
	 * members of one group
	 * @param replicas of topics that the wire creates; -1 leaves it to the broker
	 * @param sendTimeout after this an unacknowledged message counts as not sent
	 */
	public record Kafka(@DefaultValue("12") @Min(1) int partitions, @DefaultValue("-1") short replicas,
			@DefaultValue("10s") Duration sendTimeout) {
	}

	/**
	 * Bounds of the wire within one JVM.
	 *
	 * @param capacity messages that one group may leave unhandled before senders are
	 * refused
	 * @param retained messages of a topic that a group may still see which joins later,
	 * dead letters included
	 */
	public record InProcess(@DefaultValue("10000") @Min(1) int capacity, @DefaultValue("1000") @Min(1) int retained) {
	}

}
