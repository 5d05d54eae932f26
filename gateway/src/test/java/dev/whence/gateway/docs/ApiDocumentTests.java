package dev.whence.gateway.docs;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ApiDocumentTests {

	private static final JsonNode QUERY = json("""
			{"paths": {"/query/signals": {"get": {"responses": {"200": {"$ref": "#/components/responses/Found"}}}},
			           "/health": {"get": {"responses": {}}}},
			 "components": {"schemas": {"Page": {"type": "object"}, "Problem": {"type": "object"}},
			                "responses": {"Found": {"$ref": "#/components/schemas/Page"}}}}""");

	private static final JsonNode CONTROL = json("""
			{"tags": [{"name": "Accounts", "description": "Who may do what"}, {"name": "unused"}],
			 "paths": {"/api/users": {"get": {"tags": ["Accounts"],
			           "responses": {"200": {"$ref": "#/components/schemas/Page"}}}},
			           "/health": {"get": {"responses": {}}}},
			 "components": {"schemas": {"Page": {"type": "array", "items": {"$ref": "#/components/schemas/Page"}},
			                            "Problem": {"type": "object"}}}}""");

	@Test
	void theServicesShareOneDocument() {
		JsonNode merged = new ApiDocument().with("query", QUERY).with("control", CONTROL).toJson("1.2.3");

		assertThat(merged.get("paths").propertyNames()).containsExactly("/query/signals", "/api/users");
		assertThat(merged.at("/info/version").asString()).isEqualTo("1.2.3");
		assertThat(merged.at("/servers/0/url").asString()).isEqualTo("/");
		assertThat(merged.at("/components/securitySchemes").propertyNames()).contains("apiKey", "bearer");
	}

	@Test
	void aNameWithTwoMeaningsIsToldApart() {
		JsonNode merged = new ApiDocument().with("query", QUERY).with("control", CONTROL).toJson("1");

		assertThat(merged.at("/components/schemas").propertyNames()).containsExactlyInAnyOrder("Page", "Problem",
				"control.Page");
		assertThat(merged.at("/components/responses/Found/$ref").asString()).isEqualTo("#/components/schemas/Page");
		assertThat(merged.at("/paths/~1api~1users/get/responses/200/$ref").asString())
			.isEqualTo("#/components/schemas/control.Page");
		assertThat(merged.at("/components/schemas/control.Page/items/$ref").asString())
			.isEqualTo("#/components/schemas/control.Page");
	}

	@Test
	void everyOperationBelongsToATag() {
		JsonNode merged = new ApiDocument().with("query", QUERY).with("control", CONTROL).toJson("1");

		assertThat(merged.at("/paths/~1query~1signals/get/tags/0").asString()).isEqualTo("query");
		assertThat(merged.get("tags").findValuesAsString("name")).containsExactlyInAnyOrder("query", "Accounts");
	}

	@Test
	void onePathMayBeReadAtOneServiceAndWrittenAtAnother() {
		JsonNode writing = json("""
				{"paths": {"/query/signals": {"get": {"summary": "another", "responses": {}},
				                              "post": {"responses": {}}}}}""");

		JsonNode merged = new ApiDocument().with("query", QUERY).with("analysis", writing).toJson("1");

		assertThat(merged.at("/paths/~1query~1signals").propertyNames()).containsExactly("get", "post");
		assertThat(merged.at("/paths/~1query~1signals/get/summary").isMissingNode()).isTrue();
		assertThat(merged.at("/paths/~1query~1signals/post/tags/0").asString()).isEqualTo("analysis");
	}

	@Test
	void whoDoesNotAnswerIsNamed() {
		JsonNode merged = new ApiDocument().with("query", QUERY).without("ingest").without("control").toJson("1");

		assertThat(merged.at("/info/description").asString()).contains("control, ingest");
	}

	@Test
	void nonsenseFromAServiceIsNoError() {
		assertThat(new ApiDocument().with("query", json("[1, \"x\"]")).toJson("1").get("paths")).isEmpty();
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text);
	}

}
