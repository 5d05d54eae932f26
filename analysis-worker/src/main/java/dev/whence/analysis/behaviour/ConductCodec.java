package dev.whence.analysis.behaviour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the conduct of a normal minute as few bytes, and reads it again: the same
 * conduct gives the same bytes, and what is within the limits comes back equal. A minute
 * with more is cut to them first: the most executed operations, a sample of their
 * courses, the quantiles of their durations. Names must be text; half a surrogate pair
 * comes back as a question mark.
 * <p>
 * The first byte is the version of the form. The rest is compressed: a table of all
 * texts, the operations with their steps, courses, transitions and own times, the edges
 * with their gaps. Durations are written as the distance from the next shorter one.
 */
public final class ConductCodec {

	private static final byte VERSION = 1;

	private ConductCodec() {
	}

	public static byte[] encode(Conduct conduct) {
		Conduct kept = ConductLimits.apply(conduct);
		return new Writer(kept).write().compressed(VERSION);
	}

	/**
	 * Reads what {@link #encode} wrote, in this version or an earlier one.
	 * @throws IllegalArgumentException when it is damaged, or of a later version
	 */
	public static Conduct decode(byte[] encoded) {
		if (encoded.length == 0 || encoded[0] != VERSION) {
			throw new IllegalArgumentException(
					"Unknown form of conduct: " + ((encoded.length == 0) ? "empty" : encoded[0]));
		}
		return new Reader(ByteReader.decompressed(encoded)).read();
	}

	/** Under numbers that never change. */
	private enum StepKind {

		START(0), CALL(1), STATEMENT(2), ANYTHING(3);

		private final int code;

		StepKind(int code) {
			this.code = code;
		}

		static StepKind ofCode(long code) {
			for (StepKind kind : values()) {
				if (kind.code == code) {
					return kind;
				}
			}
			throw new IllegalArgumentException("Unknown kind of step: " + code);
		}

	}

	/** A course by the places of its steps in the operation's list. */
	private record PlacedCourse(int last, int[] steps, int count) {

		private static final Comparator<PlacedCourse> ORDER = Comparator.comparingInt(PlacedCourse::last)
			.thenComparing(PlacedCourse::steps, Arrays::compare);

	}

	private static final class Writer {

		private final Conduct conduct;

		private final Map<String, Integer> texts = new HashMap<>();

		private final ByteWriter out = new ByteWriter();

		Writer(Conduct conduct) {
			this.conduct = conduct;
		}

		ByteWriter write() {
			writeTexts();
			this.out.number(this.conduct.operations().size());
			this.conduct.operations().forEach(this::write);
			this.out.number(this.conduct.gaps().size());
			this.conduct.gaps().forEach((edge, gaps) -> {
				write(edge.caller());
				write(edge.callee());
				write(gaps);
			});
			return this.out;
		}

		private void writeTexts() {
			SortedSet<String> all = new TreeSet<>();
			this.conduct.operations().forEach((operation, habit) -> {
				all.add(operation.service());
				all.add(operation.name());
				for (Step step : steps(habit)) {
					switch (step) {
						case Step.Call(Operation callee) -> {
							all.add(callee.service());
							all.add(callee.name());
						}
						case Step.Statement(String text) -> all.add(text);
						case Step.Start _, Step.Anything _ -> {
						}
					}
				}
			});
			this.conduct.gaps().keySet().forEach((edge) -> {
				all.add(edge.caller());
				all.add(edge.callee());
			});
			this.out.number(all.size());
			for (String text : all) {
				this.texts.put(text, this.texts.size());
				this.out.text(text);
			}
		}

		private void write(Operation operation, Habit habit) {
			write(operation);
			this.out.number(habit.calling() ? 1 : 0);
			Map<Step, Integer> places = new HashMap<>();
			SortedSet<Step> steps = steps(habit);
			this.out.number(steps.size());
			for (Step step : steps) {
				places.put(step, places.size());
				write(step);
			}
			this.out.numbers(places(habit.errors(), places));
			this.out.number(habit.courses().size());
			habit.courses()
				.entrySet()
				.stream()
				.map((entry) -> new PlacedCourse(places.getOrDefault(entry.getKey().last(), 0),
						places(entry.getKey().steps(), places), entry.getValue()))
				.sorted(PlacedCourse.ORDER)
				.forEach(this::write);
			this.out.number(habit.transitions().size());
			new TreeMap<>(habit.transitions()).forEach((transition, count) -> {
				this.out.number(places.getOrDefault(transition.from(), 0));
				this.out.number(places.getOrDefault(transition.to(), 0));
				this.out.number(count);
			});
			write(habit.own());
		}

		private void write(PlacedCourse course) {
			this.out.number(course.count());
			this.out.number(course.last());
			this.out.numbers(course.steps());
		}

		private void write(Step step) {
			switch (step) {
				case Step.Start _ -> this.out.number(StepKind.START.code);
				case Step.Call(Operation callee) -> {
					this.out.number(StepKind.CALL.code);
					write(callee);
				}
				case Step.Statement(String text) -> {
					this.out.number(StepKind.STATEMENT.code);
					write(text);
				}
				case Step.Anything _ -> this.out.number(StepKind.ANYTHING.code);
			}
		}

		private void write(Operation operation) {
			write(operation.service());
			write(operation.name());
		}

		private void write(String text) {
			this.out.number(this.texts.getOrDefault(text, 0));
		}

		private void write(Durations durations) {
			long[] nanos = durations.nanos();
			this.out.number(nanos.length);
			long shorter = 0;
			for (long value : nanos) {
				this.out.number(value - shorter);
				shorter = value;
			}
		}

		private static SortedSet<Step> steps(Habit habit) {
			SortedSet<Step> steps = new TreeSet<>(habit.steps());
			habit.transitions().keySet().forEach((transition) -> {
				steps.add(transition.from());
				steps.add(transition.to());
			});
			steps.addAll(habit.errors());
			steps.add(Step.START);
			return steps;
		}

		private static int[] places(Set<Step> steps, Map<Step, Integer> places) {
			return steps.stream().mapToInt((step) -> places.getOrDefault(step, 0)).sorted().toArray();
		}

	}

	private static final class Reader {

		private final ByteReader in;

		private final List<String> texts = new ArrayList<>();

		Reader(ByteReader in) {
			this.in = in;
		}

		Conduct read() {
			for (int left = this.in.count(); left > 0; left--) {
				this.texts.add(this.in.text());
			}
			SortedMap<Operation, Habit> operations = new TreeMap<>();
			for (int left = this.in.count(); left > 0; left--) {
				operations.put(operation(), habit());
			}
			SortedMap<Edge, Durations> gaps = new TreeMap<>();
			for (int left = this.in.count(); left > 0; left--) {
				gaps.put(new Edge(text(), text()), durations());
			}
			return new Conduct(operations, gaps);
		}

		private Habit habit() {
			boolean calling = this.in.number() == 1;
			List<Step> steps = new ArrayList<>();
			for (int left = this.in.count(); left > 0; left--) {
				steps.add(step());
			}
			Set<Step> errors = steps(steps);
			Map<Course, Integer> courses = new HashMap<>();
			for (int left = this.in.count(); left > 0; left--) {
				int count = this.in.integer();
				Step last = this.in.oneOf(steps);
				courses.put(new Course(steps(steps), last), count);
			}
			Map<Transition, Integer> transitions = new HashMap<>();
			for (int left = this.in.count(); left > 0; left--) {
				transitions.put(new Transition(this.in.oneOf(steps), this.in.oneOf(steps)), this.in.integer());
			}
			return new Habit(courses, transitions, errors, durations(), calling);
		}

		private Set<Step> steps(List<Step> all) {
			Set<Step> steps = new HashSet<>();
			for (int left = this.in.count(); left > 0; left--) {
				steps.add(this.in.oneOf(all));
			}
			return steps;
		}

		private Step step() {
			return switch (StepKind.ofCode(this.in.number())) {
				case START -> Step.START;
				case CALL -> Step.call(operation());
				case STATEMENT -> Step.statement(text());
				case ANYTHING -> Step.ANYTHING;
			};
		}

		private Operation operation() {
			return new Operation(text(), text());
		}

		private String text() {
			return this.in.oneOf(this.texts);
		}

		private Durations durations() {
			long[] nanos = new long[this.in.count()];
			long shorter = 0;
			for (int i = 0; i < nanos.length; i++) {
				shorter += this.in.number();
				nanos[i] = shorter;
			}
			return Durations.of(nanos);
		}

	}

}
