package dev.whence.analysis.narration;

import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.job.JobRunner;
import dev.whence.support.wire.EventWire;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What there is only while narration is on. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("whence.narration.enabled")
class NarrationConfiguration {

	@Bean
	Narrator narrator(NarrationProperties properties) {
		return new OpenAiNarrator(properties);
	}

	@Bean
	NarrationTrigger narrationTrigger(EventWire wire, JobQueue queue, JobRunner runner) {
		return new NarrationTrigger(wire, queue, runner);
	}

}
