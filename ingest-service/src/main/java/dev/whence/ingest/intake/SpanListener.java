package dev.whence.ingest.intake;

import java.util.List;

import dev.whence.model.ProjectId;
import dev.whence.model.Span;

/**
 * Somebody who makes more of some spans. Told before their senders are answered, so that
 * what fails here is sent again.
 */
public interface SpanListener {

	/** Whether the span is of interest; asked for every span, so it must be cheap. */
	boolean isRelevant(Span span);

	/** The span as it may be stored. */
	Span kept(Span span);

	/**
	 * Told of spans that are stored, now or by an earlier request.
	 * @param spans those that are relevant, as they were sent
	 */
	void stored(ProjectId project, List<Span> spans);

}
