package dev.whence.instrumenter.manifest;

import java.util.List;

import dev.whence.instrumenter.language.LanguageDetector;

/** What tests ask for that care about the manifest alone. */
final class TestOptions {

	/** As it is when nobody says anything. */
	static final InstrumentOptions OPERATOR = InstrumentOptions.of(InstrumentMode.OPERATOR,
			new LanguageDetector(List.of(), null));

	private TestOptions() {
	}

}
