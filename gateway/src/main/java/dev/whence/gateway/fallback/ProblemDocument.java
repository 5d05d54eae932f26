package dev.whence.gateway.fallback;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

import dev.whence.model.ProblemCode;

/** A failure as a problem document (RFC 9457). */
final class ProblemDocument {

	private final JsonMapper json;

	ProblemDocument(JsonMapper json) {
		this.json = json;
	}

	FailureBody render(Failure failure, String path, String traceId) {
		ProblemCode code = failure.code();
		Map<String, Object> problem = new LinkedHashMap<>();
		problem.put("type", "https://whence.dev/problems/" + code.code());
		problem.put("title", code.title());
		problem.put("status", code.status());
		problem.put("detail", failure.detail());
		problem.put("instance", path);
		problem.put("code", code.code());
		problem.put("traceId", traceId);
		if (path.startsWith("/api/")) {
			// What clients of the control API read.
			problem.put("error", failure.detail());
		}
		return new FailureBody(MediaType.APPLICATION_PROBLEM_JSON, this.json.writeValueAsBytes(problem));
	}

}
