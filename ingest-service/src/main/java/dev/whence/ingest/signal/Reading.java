package dev.whence.ingest.signal;

import dev.whence.ingest.intake.Received;

/** What became of one native signal. */
sealed interface Reading permits Reading.Taken, Refusal {

	/** It can be stored. */
	record Taken(Received received) implements Reading {
	}

}
