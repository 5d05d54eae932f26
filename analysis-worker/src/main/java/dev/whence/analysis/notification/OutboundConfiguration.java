package dev.whence.analysis.notification;

import dev.whence.support.outbound.OutboundGuard;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says which addresses notifications may reach. */
@Configuration(proxyBeanMethods = false)
class OutboundConfiguration {

	@Bean
	OutboundGuard notificationGuard(NotificationProperties properties) {
		return new OutboundGuard(properties.allowedNetworks());
	}

}
