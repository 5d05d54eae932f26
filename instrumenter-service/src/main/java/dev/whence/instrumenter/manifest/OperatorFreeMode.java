package dev.whence.instrumenter.manifest;

import dev.whence.instrumenter.manifest.YamlNode.Mapping;

/** Puts agents in by init container, volume and environment. */
final class OperatorFreeMode {

	private OperatorFreeMode() {
	}

	static Outcome plan(Manifest manifest, Workload workload, Mapping template, InstrumentOptions options) {
		throw new UnsupportedOperationException();
	}

}
