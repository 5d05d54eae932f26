package dev.whence.testkit.kafka;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;

/**
 * Connects a Spring test to the JVM's Kafka broker, whatever
 * {@code spring.kafka.bootstrap-servers} says. All tests share the broker, so topics and
 * groups need names of their own where tests must not see each other's messages.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import(KafkaConfiguration.class)
public @interface WithKafka {

}
