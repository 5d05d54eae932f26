package dev.whence.ingest.triage;

import dev.whence.model.Severity;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Triage with the threshold that ingest and the worker share. */
@Configuration(proxyBeanMethods = false)
class TriageConfiguration {

	@Bean
	Triage triage(@Value("${whence.incident.opens-from}") Severity opensFrom) {
		return new Triage(opensFrom);
	}

}
