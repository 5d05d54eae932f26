package dev.whence.ingest.otlp;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import com.google.protobuf.Message;
import dev.whence.ingest.intake.ContentId;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of one envelope come from: the resource and scope that they share,
 * and the identities given to them so far in this request.
 */
final class Origin {

	private static final String UNKNOWN_SERVICE = "unknown_service";

	private final Map<ContentId, Integer> occurrences;

	private final Map<String, @Nullable Object> resource;

	private final Map<String, @Nullable Object> scope;

	private final byte[] resourceBytes;

	private final byte[] scopeBytes;

	private Origin(Map<ContentId, Integer> occurrences, Map<String, @Nullable Object> resource,
			Map<String, @Nullable Object> scope, byte[] resourceBytes, byte[] scopeBytes) {
		this.occurrences = occurrences;
		this.resource = resource;
		this.scope = scope;
		this.resourceBytes = resourceBytes;
		this.scopeBytes = scopeBytes;
	}

	static Origin ofRequest() {
		return new Origin(new HashMap<>(), Map.of(), Map.of(), new byte[0], new byte[0]);
	}

	Origin with(Resource resource) {
		return new Origin(this.occurrences, AnyValues.map(resource.getAttributesList()), Map.of(),
				resource.toByteArray(), new byte[0]);
	}

	Origin with(InstrumentationScope scope) {
		Map<String, @Nullable Object> described = new LinkedHashMap<>();
		if (!scope.getName().isEmpty()) {
			described.put("name", scope.getName());
		}
		if (!scope.getVersion().isEmpty()) {
			described.put("version", scope.getVersion());
		}
		if (scope.getAttributesCount() > 0) {
			described.put("attributes", AnyValues.map(scope.getAttributesList()));
		}
		return new Origin(this.occurrences, this.resource, described, this.resourceBytes, scope.toByteArray());
	}

	Map<String, @Nullable Object> resource() {
		return this.resource;
	}

	String serviceName() {
		return (this.resource.get("service.name") instanceof String name && !name.isEmpty()) ? name : UNKNOWN_SERVICE;
	}

	/** Details of a record start with its scope. */
	Map<String, @Nullable Object> details() {
		Map<String, @Nullable Object> details = new LinkedHashMap<>();
		if (!this.scope.isEmpty()) {
			details.put("scope", this.scope);
		}
		return details;
	}

	/**
	 * The identity of a record: its content, its origin, and its ordinal among records of
	 * this request that are the same in both. A retry gets the same identities, and two
	 * equal records that are both meant get two.
	 */
	ContentId identify(byte[] context, Message record) {
		ContentId content = ContentId.of(this.resourceBytes, this.scopeBytes, context, record.toByteArray());
		return content.occurrence(this.occurrences.merge(content, 1, Integer::sum) - 1);
	}

}
