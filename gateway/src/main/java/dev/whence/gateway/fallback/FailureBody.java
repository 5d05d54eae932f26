package dev.whence.gateway.fallback;

import dev.whence.model.ProblemException;
import dev.whence.support.problem.OtlpPaths;
import dev.whence.support.problem.ProblemBody;
import dev.whence.support.problem.RpcStatus;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.MediaType;

/**
 * A failure as bytes, in the language of the client: {@code google.rpc.Status} in the
 * request's encoding on the OTLP paths, a problem document elsewhere.
 *
 * @param type the content type
 */
public record FailureBody(String type, byte[] bytes) {

	static FailureBody of(ProblemException failure, FailedRequest request, JsonMapper json) {
		String path = request.path();
		if (OtlpPaths.matches(path)) {
			RpcStatus status = RpcStatus.of(failure.code(), failure.detail());
			return OtlpPaths.isProtobuf(request.contentType())
					? new FailureBody(OtlpPaths.PROTOBUF, status.toProtobuf())
					: new FailureBody(MediaType.APPLICATION_JSON_VALUE, json.writeValueAsBytes(status));
		}
		ObjectNode problem = json.valueToTree(ProblemBody.of(failure, path, request.correlation().traceId()));
		if (path.startsWith("/api/")) {
			// What clients of the control API read.
			problem.put("error", failure.detail());
		}
		return new FailureBody(MediaType.APPLICATION_PROBLEM_JSON_VALUE, json.writeValueAsBytes(problem));
	}

}
