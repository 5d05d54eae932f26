package dev.whence.instrumenter.manifest;

/** Takes agents out again that were put in without the operator. */
final class OperatorFreeRemoval {

	private OperatorFreeRemoval() {
	}

	static void plan(Remover remover, PodTemplate pod, Provenance provenance) {
		if (!provenance.agents().isEmpty()) {
			throw new UnsafeEditException("not yet");
		}
	}

}
