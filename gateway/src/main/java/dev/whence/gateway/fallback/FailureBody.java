package dev.whence.gateway.fallback;

import dev.whence.gateway.shield.Correlation;
import dev.whence.model.ProblemException;
import dev.whence.support.problem.OtlpPaths;
import dev.whence.support.problem.ProblemBody;
import dev.whence.support.problem.RpcStatus;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * A failure as bytes, in the language of the client: {@code google.rpc.Status} in the
 * request's encoding on the OTLP paths, a problem document elsewhere.
 */
record FailureBody(MediaType type, byte[] bytes) {

	private static final MediaType PROTOBUF = MediaType.valueOf(OtlpPaths.PROTOBUF);

	static FailureBody of(ProblemException failure, ServerHttpRequest request, Correlation correlation,
			JsonMapper json) {
		String path = request.getPath().pathWithinApplication().value();
		if (OtlpPaths.matches(path)) {
			RpcStatus status = RpcStatus.of(failure.code(), failure.detail());
			return OtlpPaths.isProtobuf(request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE))
					? new FailureBody(PROTOBUF, status.toProtobuf())
					: new FailureBody(MediaType.APPLICATION_JSON, json.writeValueAsBytes(status));
		}
		ObjectNode problem = json.valueToTree(ProblemBody.of(failure, path, correlation.traceId()));
		if (path.startsWith("/api/")) {
			// What clients of the control API read.
			problem.put("error", failure.detail());
		}
		return new FailureBody(MediaType.APPLICATION_PROBLEM_JSON, json.writeValueAsBytes(problem));
	}

}
