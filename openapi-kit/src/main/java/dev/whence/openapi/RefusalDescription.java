package dev.whence.openapi;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import dev.whence.model.ProblemCode;
import dev.whence.support.problem.ProblemBody;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Describes the refusals that every operation has, so that no controller repeats them:
 * which ones follows from what the operation takes. What a controller describes itself
 * stays as it is.
 */
final class RefusalDescription implements GlobalOpenApiCustomizer {

	private static final String SCHEMA = "Problem";

	@Override
	public void customise(OpenAPI api) {
		if (api.getPaths() == null) {
			return;
		}
		Components components = (api.getComponents() != null) ? api.getComponents() : new Components();
		api.setComponents(components);
		ResolvedSchema resolved = ModelConverters.getInstance()
			.resolveAsResolvedSchema(new AnnotatedType(ProblemBody.class).resolveAsRef(false));
		resolved.referencedSchemas.forEach((name, schema) -> {
			if (schema != resolved.schema) {
				components.addSchemas(name, schema);
			}
		});
		components.addSchemas(SCHEMA, resolved.schema);
		api.getPaths().forEach((path, item) -> item.readOperations().forEach((operation) -> describe(path, operation)));
	}

	private static void describe(String path, Operation operation) {
		ApiResponses responses = (operation.getResponses() != null) ? operation.getResponses() : new ApiResponses();
		operation.setResponses(responses);
		for (ProblemCode code : refusals(path, operation)) {
			responses.putIfAbsent(String.valueOf(code.status()), response(code));
		}
	}

	private static Set<ProblemCode> refusals(String path, Operation operation) {
		Set<ProblemCode> codes = EnumSet.of(ProblemCode.RATE_LIMITED, ProblemCode.DEPENDENCY_UNAVAILABLE);
		if (operation.getSecurity() == null || !operation.getSecurity().isEmpty()) {
			codes.add(ProblemCode.UNAUTHENTICATED);
			codes.add(ProblemCode.FORBIDDEN);
		}
		if (operation.getParameters() != null && !operation.getParameters().isEmpty()) {
			codes.add(ProblemCode.INVALID_PARAMETER);
		}
		if (path.contains("{")) {
			codes.add(ProblemCode.NOT_FOUND);
		}
		if (operation.getRequestBody() != null) {
			codes.addAll(Set.of(ProblemCode.MALFORMED_BODY, ProblemCode.INVALID_FIELD, ProblemCode.BODY_TOO_LARGE,
					ProblemCode.UNSUPPORTED_MEDIA_TYPE));
		}
		return codes;
	}

	private static ApiResponse response(ProblemCode code) {
		ApiResponse response = new ApiResponse().description(code.title())
			.content(new Content().addMediaType(ProblemBody.MEDIA_TYPE,
					new MediaType().schema(new Schema<>().$ref(Components.COMPONENTS_SCHEMAS_REF + SCHEMA))));
		if (code.isTransient()) {
			response.setHeaders(
					Map.of("Retry-After", new Header().description("Seconds to wait").schema(new IntegerSchema())));
		}
		return response;
	}

}
