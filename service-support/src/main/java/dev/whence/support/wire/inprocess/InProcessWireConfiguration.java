package dev.whence.support.wire.inprocess;

import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.WireMetrics;
import dev.whence.support.wire.WireProperties;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Offers the wire of a single JVM when {@code whence.wire.kind} is in-process. */
@AutoConfiguration(
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnProperty(name = "whence.wire.kind", havingValue = "in-process")
@ConditionalOnMissingBean(EventWire.class)
@EnableConfigurationProperties(WireProperties.class)
public class InProcessWireConfiguration {

	@Bean
	EventWire inProcessEventWire(WireProperties properties, MeterRegistry registry) {
		return new InProcessEventWire(properties, new WireMetrics(registry));
	}

}
