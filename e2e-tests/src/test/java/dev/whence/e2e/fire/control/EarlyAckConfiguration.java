package dev.whence.e2e.fire.control;

import dev.whence.store.SignalWriter;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Puts the writer that answers too early before the real one. */
@AutoConfiguration
public class EarlyAckConfiguration {

	@Bean
	static BeanPostProcessor earlyAck() {
		return new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof SignalWriter writer) ? new EarlyAckWriter(writer) : bean;
			}
		};
	}

}
