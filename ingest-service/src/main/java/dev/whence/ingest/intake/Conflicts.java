package dev.whence.ingest.intake;

import java.util.List;
import java.util.Objects;

import dev.whence.ingest.rejected.RejectedJournal;
import dev.whence.ingest.rejected.Rejections;
import dev.whence.model.LogRecord;
import dev.whence.model.MetricPoint;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.store.Submission;
import dev.whence.store.WriteOutcome;
import dev.whence.store.rejected.RejectionReason;
import dev.whence.store.rejected.Transport;

/**
 * Makes conflicts visible: the content that was not stored, because another one holds its
 * id.
 */
final class Conflicts {

	private static final String MESSAGE = "another content is stored under this signal_id; the first one stays";

	private Conflicts() {
	}

	static void list(RejectedJournal journal, ProjectId project, Transport transport, List<Submission> submissions,
			List<WriteOutcome> outcomes) {
		Rejections conflicts = null;
		for (int i = 0; i < outcomes.size(); i++) {
			if (outcomes.get(i) == WriteOutcome.CONFLICT) {
				conflicts = (conflicts != null) ? conflicts : new Rejections(transport);
				Signal signal = submissions.get(i).signal();
				conflicts.add(signal.type().wireName(), RejectionReason.CONFLICT, MESSAGE, signal.serviceName(),
						signal.signalId().toString(), () -> excerpt(signal));
			}
		}
		if (conflicts != null) {
			journal.list(project, conflicts);
		}
	}

	// For people to recognise it by; the record as it was sent is not kept.
	private static String excerpt(Signal signal) {
		return switch (signal) {
			case LogRecord log -> log.timestamp() + " " + log.level() + " " + log.message();
			case Span span -> span.timestamp() + " " + span.name() + " " + span.spanId() + " " + span.duration() + " "
					+ span.status();
			case MetricPoint point -> point.timestamp() + " " + point.name() + " "
					+ Objects.requireNonNullElse(point.value(), "no value") + " " + point.unit();
		};
	}

}
