/**
 * One Kafka broker per JVM. No topics: whoever sends or subscribes declares its own.
 */
@NullMarked
package dev.whence.testkit.kafka;

import org.jspecify.annotations.NullMarked;
