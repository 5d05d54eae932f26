package dev.whence.openapi;

import java.util.Map;

import dev.whence.support.problem.FastApiPaths;
import dev.whence.support.problem.ProblemBody;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Describes the refusals of {@link FastApiPaths}, which all have one form. */
final class FastApiDescription implements GlobalOpenApiCustomizer {

	private static final String NAME = "Refusal";

	@Override
	public void customise(OpenAPI api) {
		if (api.getPaths() == null || api.getPaths().keySet().stream().noneMatch(FastApiPaths::matches)) {
			return;
		}
		Components components = (api.getComponents() != null) ? api.getComponents() : new Components();
		api.components(components.addSchemas(NAME, schema()));
		for (Map.Entry<String, PathItem> path : api.getPaths().entrySet()) {
			if (FastApiPaths.matches(path.getKey())) {
				path.getValue().readOperations().forEach(FastApiDescription::describe);
			}
		}
	}

	private static void describe(Operation operation) {
		operation.getResponses().forEach((status, response) -> {
			if (status.startsWith("4") || status.startsWith("5")) {
				refuse(response);
			}
		});
	}

	private static void refuse(ApiResponse response) {
		response.content(new Content().addMediaType(ProblemBody.MEDIA_TYPE,
				new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + NAME))));
	}

	private static Schema<?> schema() {
		Schema<?> errors = new ArraySchema().items(new ObjectSchema().addProperty("pointer", new StringSchema())
			.addProperty("message", new StringSchema()));
		Schema<?> invalid = new ArraySchema().items(
				new ObjectSchema()
					.addProperty("loc",
							new ArraySchema().items(
									new Schema<>().addOneOfItem(new StringSchema()).addOneOfItem(new IntegerSchema())))
					.addProperty("msg", new StringSchema())
					.addProperty("type", new StringSchema()));
		return new ObjectSchema().description("An RFC 9457 problem that clients of FastAPI can read, too")
			.addProperty("type", new StringSchema())
			.addProperty("title", new StringSchema())
			.addProperty("status", new IntegerSchema())
			.addProperty("detail",
					new Schema<>().description("A list where the status is 422")
						.addOneOfItem(new StringSchema())
						.addOneOfItem(invalid))
			.addProperty("error", new StringSchema().description("What is wrong, for a person"))
			.addProperty("instance", new StringSchema())
			.addProperty("code", new StringSchema().description("What is wrong, for a program"))
			.addProperty("traceId", new StringSchema())
			.addProperty("errors", errors);
	}

}
