package dev.whence.standalone.evaluate;

import dev.whence.standalone.evaluate.installation.Installation;

/** One measurement, all of whose input was found and is well-formed. */
@FunctionalInterface
interface Evaluation {

	/** Replays, writes the predictions and prints what they are worth. */
	void run(Installation installation);

}
