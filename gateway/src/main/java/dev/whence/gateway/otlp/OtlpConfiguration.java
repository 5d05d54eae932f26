package dev.whence.gateway.otlp;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerFactoryCustomizer;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.HttpHandler;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OtlpProperties.class)
class OtlpConfiguration {

	@Bean
	@ConditionalOnExpression("${whence.gateway.otlp.port:4318} > 0")
	OtlpListener otlpListener(OtlpProperties otlp, ServerProperties main, ReactorResourceFactory resources,
			HttpHandler handler, NettyReactiveWebServerFactoryCustomizer likeMain,
			ObjectProvider<NettyServerCustomizer> customizers, NettyRouteProvider otlpLane) {
		NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory(otlp.port());
		factory.setAddress((otlp.address() != null) ? otlp.address() : main.getAddress());
		factory.setResourceFactory(resources);
		factory.setShutdown(Shutdown.GRACEFUL);
		factory.addServerCustomizers(customizers.orderedStream().toArray(NettyServerCustomizer[]::new));
		factory.addRouteProviders(otlpLane);
		// Time and size limits, not the port.
		likeMain.customize(factory);
		return new OtlpListener(factory, handler);
	}

}
