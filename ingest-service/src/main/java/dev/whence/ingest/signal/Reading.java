package dev.whence.ingest.signal;

import dev.whence.ingest.intake.Received;
import dev.whence.ingest.json.Refusal;

/** What became of one native signal. */
sealed interface Reading {

	/** It can be stored. */
	record Taken(Received received) implements Reading {
	}

	/** It cannot. */
	record Refused(Refusal refusal) implements Reading {
	}

}
