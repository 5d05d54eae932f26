package dev.whence.query.search;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.query.signal.SignalView;
import dev.whence.store.Budget;
import dev.whence.store.SearchPage;
import dev.whence.store.SearchQuestion;
import dev.whence.store.SignalSearch;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One live stream: looks every second for what has happened in the last seconds and was
 * not shown yet. What arrives later than that is found by a search, not here.
 */
final class Tail {

	private static final Duration EVERY = Duration.ofSeconds(1);

	/** How late a signal may arrive and be shown. */
	private static final Duration LATE = Duration.ofSeconds(15);

	/** More in a second nobody reads. */
	private static final int MOST = 200;

	/** Of time and bytes for one look. */
	private static final Duration TIME = Duration.ofMillis(500);

	private static final long BYTES = 8L * 1024 * 1024;

	private static final int REMEMBERED = 10_000;

	private final SignalSearch search;

	private final SearchGate gate;

	private final ProjectId project;

	private final SearchRequest request;

	private final SseEmitter emitter;

	private final Map<UUID, Boolean> shown = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
			return size() > REMEMBERED;
		}

	};

	Tail(SignalSearch search, SearchGate gate, ProjectId project, SearchRequest request, SseEmitter emitter) {
		this.search = search;
		this.gate = gate;
		this.project = project;
		this.request = request;
		this.emitter = emitter;
	}

	void run(Duration time) throws IOException, InterruptedException {
		Instant opened = Instant.now();
		this.emitter.send(SseEmitter.event().comment("tail"));
		Instant now = opened;
		while (Duration.between(opened, now).compareTo(time) < 0) {
			Thread.sleep(EVERY);
			now = Instant.now();
			look(later(opened, now.minus(LATE)), now.plus(LATE));
		}
	}

	private void look(Instant from, Instant to) throws IOException {
		SearchQuestion question = new SearchQuestion(this.request.kind().types(), this.request.expression(), from, to,
				true);
		SearchPage page = this.gate
			.pass((_) -> this.search.page(this.project, question, MOST, new Budget(TIME, BYTES)));
		List<Signal> fresh = page.signals()
			.stream()
			.filter((signal) -> this.shown.put(signal.signalId(), true) == null)
			.toList();
		for (Signal signal : fresh.reversed()) {
			this.emitter
				.send(SseEmitter.event().name("signal").data(SignalView.from(signal), MediaType.APPLICATION_JSON));
		}
		if (fresh.isEmpty()) {
			this.emitter.send(SseEmitter.event().comment("alive"));
		}
		else if (fresh.size() == MOST || page.searchedTo() != null) {
			this.emitter.send(SseEmitter.event().name("lagging").data("{}", MediaType.APPLICATION_JSON));
		}
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

}
