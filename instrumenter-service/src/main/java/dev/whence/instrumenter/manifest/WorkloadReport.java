package dev.whence.instrumenter.manifest;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.instrumenter.language.Detection;
import dev.whence.instrumenter.language.Evidence;
import dev.whence.instrumenter.language.Language;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about one container of one workload, and why.
 *
 * @param document counted from zero
 * @param line the workload's first line, counted from one
 * @param language null if it is not known
 * @param keys the annotations (operator mode) or fields (operator-free mode) added
 */
public record WorkloadReport(@JsonProperty("doc") int document, String kind, @Nullable String name,
		@Nullable String namespace, int line, @Nullable String container, @Nullable String language, String confidence,
		List<Evidence> evidence, String action, List<String> keys) {

	/** What happened to a container. */
	public enum Action {

		INJECTED("injected"), ALREADY("already"), OPTED_OUT("opted_out"), SKIPPED_INFRA("skipped_infra"),
		SKIPPED("skipped"), UNKNOWN("unknown"), CONFLICT("conflict"), REFUSED("refused"), REMOVED("removed"),
		UNCHANGED("unchanged");

		private final String id;

		Action(String id) {
			this.id = id;
		}

		public String id() {
			return this.id;
		}

	}

	static WorkloadReport of(Workload workload, @Nullable String container, Detection detection, Action action,
			List<String> keys) {
		Language language = detection.language();
		return new WorkloadReport(workload.document().index(), workload.kind(), workload.name(), workload.namespace(),
				workload.line(), container, (language != null) ? language.id() : null, detection.confidence().id(),
				detection.evidence(), action.id(), keys);
	}

	/** The same with another end, and therefore without additions. */
	WorkloadReport with(Action other) {
		return new WorkloadReport(this.document, this.kind, this.name, this.namespace, this.line, this.container,
				this.language, this.confidence, this.evidence, other.id(), List.of());
	}

}
