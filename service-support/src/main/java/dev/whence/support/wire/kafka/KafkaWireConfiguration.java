package dev.whence.support.wire.kafka;

import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.WireMetrics;
import dev.whence.support.wire.WireProperties;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

/** Offers the wire over Kafka to services that carry Kafka, unless they have another. */
@AutoConfiguration(afterName = { "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(KafkaTemplate.class)
@ConditionalOnProperty(name = "whence.wire.kind", havingValue = "kafka", matchIfMissing = true)
@ConditionalOnMissingBean(EventWire.class)
@EnableConfigurationProperties(WireProperties.class)
public class KafkaWireConfiguration {

	@Bean
	EventWire kafkaEventWire(ProducerFactory<?, ?> producers, ConsumerFactory<?, ?> consumers, KafkaAdmin admin,
			WireProperties properties, MeterRegistry registry) {
		return new KafkaEventWire(new KafkaClients(producers, consumers, admin), properties, new WireMetrics(registry));
	}

	@Bean
	KafkaCheck kafkaCheck(KafkaAdmin admin) {
		return new KafkaCheck(admin.getConfigurationProperties());
	}

}
