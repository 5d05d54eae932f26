package dev.whence.ingest.run;

import dev.whence.ingest.json.Refusal;
import dev.whence.store.RunSubmission;

/** What became of one event. */
sealed interface RunEventReading {

	/** It can be stored. */
	record Taken(RunSubmission submission) implements RunEventReading {
	}

	/** It cannot. */
	record Refused(Refusal refusal) implements RunEventReading {
	}

}
