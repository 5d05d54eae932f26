package dev.whence.gateway.otlp;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a sentence why the gateway does not start, instead of a stack. */
class OtlpPortTakenAnalyzer extends AbstractFailureAnalyzer<OtlpPortTakenException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, OtlpPortTakenException cause) {
		return new FailureAnalysis("The OTLP port " + cause.port() + " is already in use by another process.",
				"Stop that process, or choose another port with " + cause.variable() + " (0 for none).", cause);
	}

}
