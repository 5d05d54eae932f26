package dev.whence.analysis.incident;

import java.util.List;

import dev.whence.analysis.incident.ActionOutcome.Conflicting;
import dev.whence.analysis.incident.ActionOutcome.Done;
import dev.whence.analysis.incident.ActionOutcome.Invalid;
import dev.whence.analysis.incident.ActionOutcome.Unknown;
import dev.whence.model.ProblemCode;
import org.jspecify.annotations.Nullable;

/** What came of an action on many incidents, in the order of the ids. */
record BulkResult(List<Item> results, long changed, long unchanged, long failed) {

	static BulkResult of(List<Item> items) {
		long failed = items.stream().filter((item) -> !item.ok()).count();
		long changed = items.stream().filter(Item::changed).count();
		return new BulkResult(items, changed, items.size() - failed - changed, failed);
	}

	/**
	 * What came of it for one.
	 *
	 * @param incident how it is now, unless there is none
	 * @param code of the problem
	 */
	record Item(String id, boolean ok, boolean changed, @Nullable IncidentState incident, @Nullable String code,
			@Nullable String detail) {

		static Item of(String id, ActionOutcome outcome) {
			return switch (outcome) {
				case Done done -> new Item(id, true, done.changed(), done.incident(), null, null);
				case Conflicting conflict ->
					new Item(id, false, false, conflict.incident(), ProblemCode.CONFLICT.code(), conflict.reason());
				case Invalid invalid -> new Item(id, false, false, null, ProblemCode.INVALID_FIELD.code(),
						invalid.field() + " " + invalid.reason());
				case Unknown _ -> new Item(id, false, false, null, ProblemCode.NOT_FOUND.code(), "Incident not found");
			};
		}

	}

}
