package dev.whence.control.build;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonValue;

/** Where a build is. The last three are ends: nothing leads out of them. */
public enum BuildStatus {

	/** Known to clients of the original; no build of ours is in it. */
	PENDING,

	/** No run of a workflow is known yet. */
	QUEUED,

	/** A run is known and has not ended. */
	IN_PROGRESS,

	SUCCESS, FAILURE, CANCELLED;

	/** How a run that has ended counts. */
	static BuildStatus concluded(String conclusion) {
		return switch (conclusion) {
			case "success" -> SUCCESS;
			case "cancelled" -> CANCELLED;
			default -> FAILURE;
		};
	}

	public boolean isTerminal() {
		return this == SUCCESS || this == FAILURE || this == CANCELLED;
	}

	/** How the API spells it. */
	@JsonValue
	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The status that the API spells so. */
	public static Optional<BuildStatus> named(String text) {
		return Arrays.stream(values()).filter((status) -> status.wireName().equals(text)).findFirst();
	}

}
