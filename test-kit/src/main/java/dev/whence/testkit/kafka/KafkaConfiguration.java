package dev.whence.testkit.kafka;

import java.util.List;

import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

@TestConfiguration(proxyBeanMethods = false)
class KafkaConfiguration {

	@Bean
	KafkaConnectionDetails testKafkaConnectionDetails() {
		KafkaServer server = KafkaServer.shared();
		return () -> List.of(server.bootstrapServers());
	}

}
