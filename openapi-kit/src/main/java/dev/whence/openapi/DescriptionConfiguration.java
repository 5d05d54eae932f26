package dev.whence.openapi;

import dev.whence.model.ProjectId;
import dev.whence.support.security.Credential;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.utils.SpringDocUtils;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;

/** How springdoc describes a service of Whence. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class DescriptionConfiguration {

	/** What comes from the key is no parameter that a caller could send. */
	DescriptionConfiguration() {
		SpringDocUtils.getConfig().addRequestWrapperToIgnore(ProjectId.class, Credential.class);
	}

	@Bean
	static BeanPostProcessor descriptionForm() {
		return new BeanPostProcessor() {
			@Override
			public Object postProcessBeforeInitialization(Object bean, String name) {
				if (bean instanceof SpringDocConfigProperties properties) {
					properties.getApiDocs().setVersion(SpringDocConfigProperties.ApiDocs.OpenApiVersion.OPENAPI_3_0);
					// What is answered unless an operation says otherwise.
					properties.setDefaultProducesMediaType(MediaType.APPLICATION_JSON_VALUE);
				}
				return bean;
			}
		};
	}

	/** The description is no part of what it describes. */
	@Bean
	GlobalOpenApiCustomizer withoutItself() {
		return (api) -> {
			if (api.getPaths() != null) {
				api.getPaths().remove("/openapi.json");
			}
		};
	}

	@Bean
	GlobalOpenApiCustomizer refusalDescription() {
		return new RefusalDescription();
	}

	@Bean
	FastApiDescription fastApiDescription() {
		return new FastApiDescription();
	}

	@Bean
	GlobalOpenApiCustomizer credentialDescription() {
		return (api) -> {
			Components components = (api.getComponents() != null) ? api.getComponents() : new Components();
			components.addSecuritySchemes("bearer",
					new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").bearerFormat("JWT"));
			components.addSecuritySchemes("apiKey",
					new SecurityScheme().type(SecurityScheme.Type.APIKEY)
						.in(SecurityScheme.In.HEADER)
						.name("X-Api-Key"));
			api.components(components)
				.addSecurityItem(new SecurityRequirement().addList("bearer"))
				.addSecurityItem(new SecurityRequirement().addList("apiKey"));
		};
	}

}
