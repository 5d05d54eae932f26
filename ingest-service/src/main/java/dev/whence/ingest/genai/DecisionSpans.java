package dev.whence.ingest.genai;

import java.util.List;

import dev.whence.ingest.intake.SpanListener;
import dev.whence.ingest.run.RunIntake;
import dev.whence.model.ProjectId;
import dev.whence.model.Span;
import dev.whence.model.run.RunEvent;
import dev.whence.store.RunSubmission;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Turns spans that decide into runs, wherever they come from. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DecisionProperties.class)
class DecisionSpans {

	@Bean
	SpanListener decisionSpanListener(DecisionProperties properties, ObjectProvider<RunIntake> runs) {
		return new Listener(properties, runs);
	}

	private static final class Listener implements SpanListener {

		/**
		 * Stored in one transaction; what is stored already when a later one fails stays.
		 */
		private static final int AT_ONCE = 2_000;

		private final boolean enabled;

		private final Content content;

		private final SpanRuns spanRuns;

		private final ObjectProvider<RunIntake> runs;

		Listener(DecisionProperties properties, ObjectProvider<RunIntake> runs) {
			this.enabled = properties.enabled();
			this.content = properties.contentFree() ? Content.FREE : Content.KEPT;
			this.spanRuns = new SpanRuns(this.content, new Prices(properties.pricesAsOf(), properties.prices()));
			this.runs = runs;
		}

		@Override
		public boolean isRelevant(Span span) {
			return this.enabled && Dialects.mayTell(span);
		}

		@Override
		public Span kept(Span span) {
			return this.content.span(span);
		}

		@Override
		public void stored(ProjectId project, List<Span> spans) {
			RunIntake intake = this.runs.getObject();
			for (int from = 0; from < spans.size(); from += AT_ONCE) {
				List<RunEvent> events = this.spanRuns.of(spans.subList(from, Math.min(from + AT_ONCE, spans.size())));
				intake.accept(project,
						events.stream().map((event) -> new RunSubmission(intake.identify(event), event)).toList());
			}
		}

	}

}
