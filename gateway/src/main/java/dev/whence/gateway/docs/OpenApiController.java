package dev.whence.gateway.docs;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.whence.gateway.route.ServiceProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Serves one OpenAPI document for all services. It is put together at most every few
 * seconds; a service that does not answer is named in it and asked again the next time.
 */
@RestController
class OpenApiController {

	private static final Logger log = LoggerFactory.getLogger(OpenApiController.class);

	/** A service has its description at hand. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Duration FRESH = Duration.ofSeconds(30);

	private static final Duration FRESH_IF_INCOMPLETE = Duration.ofSeconds(2);

	private static final int MAX_BYTES = 4 * 1024 * 1024;

	private final Mono<ObjectNode> document;

	OpenApiController(ServiceProperties services, ObjectProvider<BuildProperties> build) {
		WebClient client = WebClient.builder()
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(MAX_BYTES))
			.build();
		String version = Optional.ofNullable(build.getIfAvailable())
			.map(BuildProperties::getVersion)
			.orElse("development");
		this.document = Flux.fromIterable(services.byName().entrySet())
			// In this order, so that tags and the names of components stay what they are.
			.flatMapSequential((service) -> ask(client, service))
			.reduceWith(ApiDocument::new,
					(merged, answer) -> answer.api()
						.map((api) -> merged.with(answer.service(), api))
						.orElseGet(() -> merged.without(answer.service())))
			.map((merged) -> new Described(merged.toJson(version), merged.isComplete()))
			.cache((described) -> described.complete() ? FRESH : FRESH_IF_INCOMPLETE, (failure) -> Duration.ZERO,
					() -> Duration.ZERO)
			.map(Described::json);
	}

	@GetMapping(path = { "/openapi.json", "/api/openapi.json" }, produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<ObjectNode>> openApi() {
		return this.document.map((json) -> ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(json));
	}

	private static Mono<Answer> ask(WebClient client, Map.Entry<String, URI> service) {
		return client.get()
			.uri(service.getValue().resolve("/openapi.json"))
			.retrieve()
			.bodyToMono(JsonNode.class)
			.timeout(PATIENCE)
			.map((api) -> new Answer(service.getKey(), Optional.of(api)))
			.onErrorResume((failure) -> {
				log.debug("{} does not describe itself: {}", service.getKey(), failure.toString());
				return Mono.just(new Answer(service.getKey(), Optional.empty()));
			});
	}

	private record Described(ObjectNode json, boolean complete) {
	}

	private record Answer(String service, Optional<JsonNode> api) {
	}

}
