package dev.whence.support.problem;

import java.io.IOException;
import java.util.List;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class FastApiBodyTests {

	private final JsonMapper json = new JsonMapper();

	@Test
	void aRefusalTellsItsTextTwiceAndItsStatus() throws IOException {
		JsonNode body = answer("/api/auth/register", 400,
				new ProblemException(ProblemCode.REFUSED, "REGISTER_USER_ALREADY_EXISTS"));
		assertThat(body.get("error").asString()).isEqualTo("REGISTER_USER_ALREADY_EXISTS");
		assertThat(body.get("detail").asString()).isEqualTo("REGISTER_USER_ALREADY_EXISTS");
		assertThat(body.get("status").asInt()).isEqualTo(400);
		assertThat(body.get("code").asString()).isEqualTo("refused");
		assertThat(body.get("type").asString()).isEqualTo("urn:whence:problem:refused");
		assertThat(body.has("errors")).isFalse();
	}

	@Test
	void wrongFieldsAreFastApisListBesideOurOwn() throws IOException {
		JsonNode body = answer("/api/config/", 422, new ProblemException(ProblemCode.INVALID_FIELD, "name is too long",
				List.of(new FieldError("/name", "is too long"), new FieldError("/items/3/name", "is empty")), null));
		assertThat(body.get("detail")).isEqualTo(this.json.readTree("""
				[{"loc": ["body", "name"], "msg": "is too long", "type": "value_error"},
				 {"loc": ["body", "items", 3, "name"], "msg": "is empty", "type": "value_error"}]"""));
		assertThat(body.get("error").asString()).isEqualTo("name is too long");
		assertThat(body.at("/errors/0/pointer").asString()).isEqualTo("/name");
	}

	@Test
	void aParameterAndABodyThatCannotBeReadAreUnprocessableToo() throws IOException {
		assertThat(answer("/api/build/", 422, new ProblemException(ProblemCode.INVALID_PARAMETER, "No page"))
			.at("/detail/0/loc/0")
			.asString()).isEqualTo("query");
		JsonNode unread = answer("/api/config", 422, new ProblemException(ProblemCode.MALFORMED_BODY, "No JSON"));
		assertThat(unread.at("/detail/0/type").asString()).isEqualTo("json_invalid");
		assertThat(unread.get("status").asInt()).isEqualTo(422);
	}

	@ParameterizedTest
	@CsvSource({ "/api/configuration", "/api/projects", "/api/v2/spans", "/ingest/logs" })
	void otherPathsAnswerPlainProblems(String path) throws IOException {
		JsonNode body = answer(path, 400, new ProblemException(ProblemCode.MALFORMED_BODY, "No JSON"));
		assertThat(body.has("error")).isFalse();
		assertThat(body.get("detail").asString()).isEqualTo("No JSON");
	}

	private JsonNode answer(String path, int status, ProblemException problem) throws IOException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		new ProblemWriter(this.json).write(new MockHttpServletRequest("POST", path), response, problem);
		assertThat(response.getStatus()).isEqualTo(status);
		assertThat(response.getContentType()).isEqualTo("application/problem+json");
		return this.json.readTree(response.getContentAsByteArray());
	}

}
