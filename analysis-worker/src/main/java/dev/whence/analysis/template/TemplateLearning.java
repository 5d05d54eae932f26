package dev.whence.analysis.template;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import dev.whence.analysis.template.TemplateStore.Seen;
import dev.whence.model.LogRecord;
import dev.whence.model.ProjectId;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Learns the templates of each service from its log lines and keeps them.
 * <p>
 * Lines may come again and in any order; several workers may learn at the same time, one
 * service each. What a call learned is committed when it returns, or with the transaction
 * it was called in. In memory stay the miners that were used last, up to
 * {@value #MOST_WEIGHT} sibling keys in all.
 */
@Component
public class TemplateLearning {

	/** About 150 MB at worst; the miners of a hundred ordinary services need a tenth. */
	private static final int MOST_WEIGHT = 1_000_000;

	private final TemplateStore store;

	private final TransactionOperations transactions;

	private final Map<Service, Loaded> loaded = new LinkedHashMap<>(16, 0.75f, true);

	TemplateLearning(TemplateStore store, TransactionOperations transactions) {
		this.store = store;
		this.transactions = transactions;
	}

	/**
	 * Learns these lines.
	 * @param logs of any services, best in the order of their time
	 */
	public synchronized void learn(ProjectId project, List<LogRecord> logs) {
		Map<String, List<LogRecord>> byService = new TreeMap<>();
		logs.forEach((log) -> byService.computeIfAbsent(log.serviceName(), (_) -> new ArrayList<>()).add(log));
		byService.forEach((service, lines) -> this.transactions
			.executeWithoutResult((_) -> learn(new Service(project, service), lines)));
		forgetLongUnused();
	}

	private void learn(Service service, List<LogRecord> lines) {
		UUID state = this.store.lock(service.project(), service.name());
		Loaded known = this.loaded.get(service);
		if (known == null || !known.state.equals(state)) {
			known = new Loaded(state);
			this.store.load(service.project(), service.name(), known.miner);
		}
		// Unless all goes well, memory and store differ: then the next call loads again.
		this.loaded.remove(service);
		Map<Template, Seen> seen = new LinkedHashMap<>();
		for (LogRecord line : lines) {
			Instant time = line.timestamp();
			seen.merge(known.miner.add(line.message()), new Seen(time, time), Seen::with);
		}
		save(service, known, seen);
		this.loaded.put(service, known);
	}

	private void save(Service service, Loaded known, Map<Template, Seen> seen) {
		Map<String, Template> learned = known.miner.takeLearned();
		List<String> forgotten = known.miner.takeForgotten();
		Map<String, String> unions = new HashMap<>();
		known.unions.forEach((younger) -> unions.put(younger.ownId(), younger.id()));
		known.unions.clear();
		// The united ones too: whoever kept their id finds the elder by it.
		Map<Template, Seen> bySelf = new LinkedHashMap<>();
		seen.forEach((template, time) -> bySelf.merge(template.root(), time, Seen::with));
		this.store.seen(service.project(), service.name(), bySelf);
		if (!learned.isEmpty() || !unions.isEmpty() || !forgotten.isEmpty()) {
			known.state = this.store.save(service.project(), service.name(), learned, unions, forgotten);
		}
	}

	private void forgetLongUnused() {
		long weight = this.loaded.values().stream().mapToLong((known) -> known.miner.weight()).sum();
		Iterator<Loaded> eldest = this.loaded.values().iterator();
		while (weight > MOST_WEIGHT && eldest.hasNext()) {
			weight -= eldest.next().miner.weight();
			eldest.remove();
		}
	}

	private record Service(ProjectId project, String name) {
	}

	/** A miner and the stored state that it knows. */
	private static final class Loaded {

		private final List<Template> unions = new ArrayList<>();

		private final TemplateMiner miner = new TemplateMiner(MinerLimits.DEFAULT,
				(younger, _) -> this.unions.add(younger));

		private UUID state;

		Loaded(UUID state) {
			this.state = state;
		}

	}

}
