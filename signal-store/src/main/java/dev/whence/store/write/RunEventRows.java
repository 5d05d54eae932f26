package dev.whence.store.write;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.model.TraceId;
import dev.whence.model.run.RunEvent;
import dev.whence.model.run.StepCounts;
import dev.whence.store.RunSubmission;
import dev.whence.store.commit.Bundle;
import dev.whence.store.commit.Entry;
import dev.whence.store.commit.Key;
import dev.whence.store.commit.Stamp;
import dev.whence.store.copy.CopyBuffer;
import dev.whence.store.form.EpochNanos;
import dev.whence.store.form.IdCodec;
import dev.whence.store.form.JsonText;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * What an event of a run is in tables. An event that names no time that can be stored
 * lies at the time of its arrival, which its next delivery does not know; so its id is
 * claimed for good besides.
 */
final class RunEventRows {

	/** Names of runs and steps are part of indexes, as names of services are. */
	private static final int INDEXED_LENGTH = 512;

	private RunEventRows() {
	}

	static Bundle of(ProjectId project, RunSubmission submission) {
		UUID id = submission.eventId();
		RunEvent event = submission.event();
		Long started = nanos(event.started());
		Long time = nanos(event.time());
		Table table = Table.RUN_EVENT;
		// Equal ids are equal contents.
		long hash = id.getLeastSignificantBits();
		if (time != null) {
			return new Bundle(List.of(table, project, id), new Entry(table, Key.of(time, project.value(), id), hash,
					(stamp, row) -> row(project, submission, time, started, stamp, row)), null, null);
		}
		long arrival = EpochNanos.toLong(Instant.now());
		Entry claim = new Entry(Table.SIGNAL_KEY, Key.of(project.value(), id), hash, (stamp, row) -> {
			row.putInt(project.value());
			row.putUuid(id);
			row.putLong(hash);
			row.putLong(stamp.received());
		});
		return new Bundle(List.of(table, project, id), new Entry(table, Key.of(arrival, project.value(), id), hash,
				(stamp, row) -> row(project, submission, arrival, started, stamp, row)), claim, null);
	}

	private static void row(ProjectId project, RunSubmission submission, long time, @Nullable Long started, Stamp stamp,
			CopyBuffer row) {
		RunEvent event = submission.event();
		StepCounts counts = event.counts();
		row.putLong(time);
		row.putLong(stamp.received());
		row.putUuid(submission.eventId());
		row.putInt(project.value());
		row.putShort(stamp.days(project, Table.RUN_EVENT));
		row.putUuid(event.runId());
		row.putUuid(event.subject());
		row.putShort(event.type().code());
		row.putText(event.name());
		row.putText(indexed(event.label()));
		row.putText(indexed(lowerCase(event.stepType())));
		row.putLong((started != null) ? started : time);
		row.putBytes(trace(event));
		row.putNullableLong(counts.input());
		row.putNullableLong(counts.output());
		row.putDouble(counts.dropRate());
		row.putDouble(event.cost().isPresent() ? event.cost().getAsDouble() : null);
		row.putBytes(JsonText.write(event.data()));
	}

	/** Types are found in any case. */
	private static @Nullable String lowerCase(@Nullable String type) {
		return (type != null) ? type.toLowerCase(Locale.ROOT) : null;
	}

	private static @Nullable Long nanos(Optional<Instant> time) {
		return time.filter((instant) -> !instant.isBefore(EpochNanos.MIN) && !instant.isAfter(EpochNanos.MAX))
			.map(EpochNanos::toLong)
			.orElse(null);
	}

	private static byte @Nullable [] trace(RunEvent event) {
		String trace = event.trace();
		return (trace != null && !trace.isEmpty() && trace.length() <= TraceId.MAX_LENGTH)
				? IdCodec.TRACE.encode(new TraceId(trace).value()) : null;
	}

	private static @Nullable String indexed(@Nullable String name) {
		if (name == null) {
			return null;
		}
		// PostgreSQL keeps no NUL; in the data it is an escape.
		return ((name.length() > INDEXED_LENGTH) ? name.substring(0, INDEXED_LENGTH) : name).replace('\0', '\uFFFD');
	}

}
