/**
 * The event wire over Kafka. Producers, consumers, topics and retries of the wire live
 * here; which messages there are, the services know.
 */
@NullMarked
package dev.whence.support.wire.kafka;

import org.jspecify.annotations.NullMarked;
