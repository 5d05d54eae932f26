package dev.whence.xray;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One pass through a pipeline. It is told of when it ends, as its steps are; steps that
 * end after their run are not lost.
 * <p>
 * No method throws or waits, and all may be called from any thread. Values are written
 * down when the run ends; what is said later is ignored.
 */
public final class Run implements AutoCloseable {

	private final XrayClient client;

	private final String id = UUID.randomUUID().toString();

	private final String name;

	private final RunClock clock = new RunClock();

	private final String startedAt = this.clock.now();

	private final Map<String, @Nullable Object> tags = new LinkedHashMap<>();

	private @Nullable String traceId;

	private @Nullable String error;

	private double ownCost;

	private double costOfSteps;

	private boolean ended;

	Run(XrayClient client, String name, Map<String, ?> tags) {
		this.client = client;
		this.name = Json.describe(name);
		Members.copy(tags, this.tags);
		if (client.settings().runStarts()) {
			Map<String, @Nullable Object> data = identity();
			data.put("status", "RUNNING");
			data.put("tags", this.tags);
			client.emit("run_start", data);
		}
	}

	/** Starts a run of the {@linkplain XrayClient#shared() shared client}. */
	public static Run start(String name) {
		return XrayClient.shared().start(name);
	}

	/**
	 * Starts a run of the {@linkplain XrayClient#shared() shared client}.
	 * @param tags by which it is found again, such as a version
	 */
	public static Run start(String name, Map<String, ?> tags) {
		return XrayClient.shared().start(name, tags);
	}

	/**
	 * Does the work inside a run of the {@linkplain XrayClient#shared() shared client},
	 * which fails if the work throws.
	 * @return what the work returns
	 * @throws E what the work throws, unchanged
	 */
	public static <T extends @Nullable Object, E extends Exception> T call(String name,
			Work<? super Run, T, ? extends E> work) throws E {
		try (Run run = start(name)) {
			try {
				return work.in(run);
			}
			catch (Throwable ex) {
				run.fail(ex);
				throw ex;
			}
		}
	}

	/** A random UUID, by which Whence knows the run. */
	public String id() {
		return this.id;
	}

	/** Starts a step of the type {@link StepType#LOGIC}. */
	public Step step(String name) {
		return step(name, StepType.LOGIC);
	}

	/** Starts a step. */
	public Step step(String name, StepType type) {
		return new Step(this.client, this, null, name, type);
	}

	/**
	 * Does the work inside a step, which fails if the work throws.
	 * @return what the work returns
	 * @throws E what the work throws, unchanged
	 */
	public <T extends @Nullable Object, E extends Exception> T call(String name, StepType type,
			Work<? super Step, T, ? extends E> work) throws E {
		return Step.call(step(name, type), work);
	}

	/** By what the run is found again. */
	public synchronized Run tag(String name, @Nullable Object value) {
		if (!this.ended) {
			this.tags.put(Json.describe(name), value);
		}
		return this;
	}

	/**
	 * Links the run to a trace.
	 * @param traceId of the current span: 32 hexadecimal digits
	 */
	public synchronized Run traceId(String traceId) {
		this.traceId = traceId;
		return tag("trace_id", traceId);
	}

	/**
	 * What the run cost on top of what its steps say.
	 * @param cost usually in US dollars; what is no number is ignored
	 */
	public synchronized Run cost(double cost) {
		if (Double.isFinite(cost)) {
			this.ownCost = cost;
		}
		return this;
	}

	/** The run ends as failed. */
	public Run fail(Throwable error) {
		return fail(Json.describe(error));
	}

	/** The run ends as failed. */
	public synchronized Run fail(String error) {
		this.error = Json.describe(error);
		return this;
	}

	/** Ends the run; the second time nothing happens. */
	@Override
	public void close() {
		Map<String, @Nullable Object> data = identity();
		synchronized (this) {
			if (this.ended) {
				return;
			}
			this.ended = true;
			data.put("completed_at", this.clock.now());
			data.put("status", (this.error != null) ? "FAILED" : "COMPLETED");
			data.put("total_cost", this.ownCost + this.costOfSteps);
			if (this.traceId != null) {
				data.put("trace_id", this.traceId);
			}
			if (this.error != null) {
				data.put("error", this.error);
			}
			data.put("tags", this.tags);
		}
		// Not inside of the lock: writing asks the application's objects for their text.
		this.client.emit(data.containsKey("error") ? "run_failed" : "run_complete", data);
	}

	RunClock clock() {
		return this.clock;
	}

	synchronized void add(double costOfStep) {
		this.costOfSteps += costOfStep;
	}

	private Map<String, @Nullable Object> identity() {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("id", this.id);
		data.put("name", this.name);
		data.put("started_at", this.startedAt);
		return data;
	}

}
