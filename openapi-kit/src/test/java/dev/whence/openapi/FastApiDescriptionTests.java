package dev.whence.openapi;

import dev.whence.support.problem.ProblemBody;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FastApiDescriptionTests {

	@Test
	void refusalsOfThesePathsHaveOneFormAndOthersKeepTheirs() {
		OpenAPI api = new OpenAPI()
			.paths(new Paths().addPathItem("/api/config/{id}", item()).addPathItem("/api/projects", item()));
		new FastApiDescription().customise(api);
		ApiResponses described = api.getPaths().get("/api/config/{id}").getGet().getResponses();
		assertThat(described.get("404").getContent().get(ProblemBody.MEDIA_TYPE).getSchema().get$ref())
			.isEqualTo("#/components/schemas/Refusal");
		assertThat(described.get("200").getContent()).isNull();
		assertThat(api.getPaths().get("/api/projects").getGet().getResponses().get("404").getContent()).isNull();
		assertThat(api.getComponents().getSchemas().get("Refusal").getProperties()).containsKeys("error", "detail",
				"status", "errors");
	}

	private static PathItem item() {
		return new PathItem().get(new Operation().responses(
				new ApiResponses().addApiResponse("200", new ApiResponse()).addApiResponse("404", new ApiResponse())));
	}

}
