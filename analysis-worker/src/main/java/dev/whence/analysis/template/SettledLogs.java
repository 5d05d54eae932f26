package dev.whence.analysis.template;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.whence.model.LogRecord;
import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.store.SignalReader;
import dev.whence.store.rollup.MinuteListener;

import org.springframework.stereotype.Component;

/** Learns templates from the logs of every minute that was counted. */
@Component
class SettledLogs implements MinuteListener {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	/**
	 * Of a minute with more logs, those of some traces; what is frequent is among them.
	 */
	private static final int MOST = 20_000;

	private final SignalReader signals;

	private final TemplateLearning learning;

	SettledLogs(SignalReader signals, TemplateLearning learning) {
		this.signals = signals;
		this.learning = learning;
	}

	@Override
	public void settled(ProjectId project, Instant minute) {
		List<LogRecord> logs = this.signals.sampled(project, minute, minute.plus(MINUTE), Set.of(SignalType.LOG), MOST)
			.signals()
			.stream()
			.map(LogRecord.class::cast)
			.toList();
		if (!logs.isEmpty()) {
			this.learning.learn(project, logs);
		}
	}

}
