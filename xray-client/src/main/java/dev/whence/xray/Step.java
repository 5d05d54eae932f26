package dev.whence.xray;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * One step of a run. It is told of when it ends.
 * <p>
 * No method throws or waits, and all may be called from any thread. Values are written
 * down when the step ends: maps, collections, arrays, numbers, booleans and texts as they
 * are, everything else as its text. What is said later is ignored.
 */
public final class Step implements AutoCloseable {

	private final XrayClient client;

	private final Run run;

	private final String id = UUID.randomUUID().toString();

	private final @Nullable String parent;

	private final String name;

	private final StepType type;

	private final String startedAt;

	private final Map<String, @Nullable Object> metadata = new LinkedHashMap<>();

	private @Nullable Object inputs;

	private @Nullable Object outputs;

	private @Nullable String reasoning;

	private @Nullable Double cost;

	private @Nullable String error;

	private @Nullable Candidates candidates;

	private boolean ended;

	Step(XrayClient client, Run run, @Nullable String parent, String name, @Nullable StepType type) {
		this.client = client;
		this.run = run;
		this.parent = parent;
		this.name = Json.describe(name);
		this.type = (type != null) ? type : StepType.LOGIC;
		this.startedAt = run.clock().now();
		if (client.settings().stepStarts()) {
			client.emit("step_start", identity());
		}
	}

	static <T extends @Nullable Object, E extends Exception> T call(Step started,
			Work<? super Step, T, ? extends E> work) throws E {
		try (Step step = started) {
			try {
				return work.in(step);
			}
			catch (Throwable ex) {
				step.fail(ex);
				throw ex;
			}
		}
	}

	/** A random UUID, by which Whence knows the step. */
	public String id() {
		return this.id;
	}

	/** Starts a step inside of this one. */
	public Step step(String name, StepType type) {
		return new Step(this.client, this.run, this.id, name, type);
	}

	/**
	 * Does the work inside a step of this step, which fails if the work throws.
	 * @return what the work returns
	 * @throws E what the work throws, unchanged
	 */
	public <T extends @Nullable Object, E extends Exception> T call(String name, StepType type,
			Work<? super Step, T, ? extends E> work) throws E {
		return call(step(name, type), work);
	}

	/** What the step works on. */
	public synchronized Step inputs(@Nullable Object inputs) {
		if (!this.ended) {
			this.inputs = inputs;
		}
		return this;
	}

	/** What came out. The outputs of the last logic step are the result of the run. */
	public synchronized Step outputs(@Nullable Object outputs) {
		if (!this.ended) {
			this.outputs = outputs;
		}
		return this;
	}

	/**
	 * Anything else that explains the step; counts of candidates have their own names.
	 */
	public synchronized Step metadata(String name, @Nullable Object value) {
		if (!this.ended) {
			this.metadata.put(Json.describe(name), value);
		}
		return this;
	}

	/** Anything else that explains the step. */
	public synchronized Step metadata(Map<String, ?> metadata) {
		if (!this.ended) {
			Members.copy(metadata, this.metadata);
		}
		return this;
	}

	/** Why it came out so, for people. */
	public synchronized Step reasoning(@Nullable String reasoning) {
		if (!this.ended) {
			this.reasoning = reasoning;
		}
		return this;
	}

	/**
	 * What the step cost.
	 * @param cost usually in US dollars; what is no number is ignored
	 */
	public synchronized Step cost(double cost) {
		if (Double.isFinite(cost) && !this.ended) {
			this.cost = cost;
		}
		return this;
	}

	/** What a language model used; becomes metadata. */
	public Step tokenUsage(String model, long prompt, long completion) {
		return metadata("model", model).metadata("token_usage",
				Map.of("prompt", prompt, "completion", completion, "total", prompt + completion));
	}

	/** To tell of candidates one by one, however many there are. */
	public synchronized Candidates candidates() {
		Candidates known = this.candidates;
		if (known == null) {
			known = new Candidates(this.client.settings().candidateSample());
			if (this.ended) {
				known.end();
			}
			this.candidates = known;
		}
		return known;
	}

	/**
	 * Tells of all candidates that come in; {@link Candidates} says what becomes of those
	 * that are told no more of.
	 * @param id by what a candidate is known, the same in all steps
	 */
	public <T> Candidates candidates(Collection<? extends T> in, Function<? super T, String> id) {
		Candidates known = candidates();
		known.add(in, id);
		return known;
	}

	/** The step ends as failed. */
	public Step fail(Throwable error) {
		return fail(Json.describe(error));
	}

	/** The step ends as failed. */
	public synchronized Step fail(String error) {
		this.error = Json.describe(error);
		return this;
	}

	/** Ends the step; the second time nothing happens. */
	@Override
	public void close() {
		Map<String, @Nullable Object> data = identity();
		synchronized (this) {
			if (this.ended) {
				return;
			}
			this.ended = true;
			data.put("completed_at", this.run.clock().now());
			if (this.error != null) {
				data.put("error", this.error);
			}
			if (this.cost != null) {
				data.put("cost", this.cost);
				this.run.add(this.cost);
			}
		}
		// Not inside of the lock: this asks the application's objects. Nothing changes
		// any more.
		tell(data, (this.candidates != null) ? this.candidates.end() : null);
		data.put("reasoning", this.reasoning);
		this.client.emit(data.containsKey("error") ? "step_failed" : "step_complete", data);
	}

	// Counts come before what the application says, which may be cut and may not
	// contradict them.
	private void tell(Map<String, @Nullable Object> data, Candidates.@Nullable Outcome outcome) {
		Map<String, @Nullable Object> allMetadata = new LinkedHashMap<>();
		Object allInputs = this.inputs;
		Object allOutputs = this.outputs;
		if (outcome != null) {
			allMetadata.putAll(outcome.toMetadata());
			allInputs = joined(Map.of("candidate_count", outcome.total()), this.inputs);
			allOutputs = joined(outcome.toOutputs(this.type), this.outputs);
		}
		this.metadata.forEach(allMetadata::putIfAbsent);
		if (!allMetadata.isEmpty()) {
			data.put("metadata", allMetadata);
		}
		data.put("inputs", allInputs);
		data.put("outputs", allOutputs);
	}

	/** What the application said, if that has no members to add to. */
	private static @Nullable Object joined(Map<String, ?> counts, @Nullable Object said) {
		if (said != null && !(said instanceof Map<?, ?>)) {
			return said;
		}
		Map<String, @Nullable Object> all = new LinkedHashMap<>(counts);
		if (said instanceof Map<?, ?> members) {
			Map<String, @Nullable Object> copy = new LinkedHashMap<>();
			Members.copy(members, copy);
			copy.forEach(all::putIfAbsent);
		}
		return all;
	}

	private Map<String, @Nullable Object> identity() {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("id", this.id);
		data.put("run_id", this.run.id());
		data.put("name", this.name);
		data.put("type", this.type.wireName());
		if (this.parent != null) {
			data.put("parent_step_id", this.parent);
		}
		data.put("started_at", this.startedAt);
		return data;
	}

}
