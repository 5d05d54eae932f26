package dev.whence.standalone.evaluate;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.whence.standalone.evaluate.data.DataSet;
import dev.whence.standalone.evaluate.data.FaultCase;
import dev.whence.standalone.evaluate.score.Accuracy;
import dev.whence.standalone.evaluate.score.ConstantPredictor;
import dev.whence.standalone.evaluate.score.Credit;
import dev.whence.standalone.evaluate.score.Labels;
import org.jspecify.annotations.Nullable;

/**
 * Compares answers with the truth, where it is known, as they come and in sum. What
 * answers never sees it.
 */
final class CauseReport {

	private static final String CONCLUSIVE = "CONCLUSIVE";

	private final PrintStream out;

	private final @Nullable Labels labels;

	private final int cases;

	private final Map<String, Set<String>> candidates = new LinkedHashMap<>();

	private final List<Scored> scored = new ArrayList<>();

	private CauseReport(PrintStream out, @Nullable Labels labels, int cases) {
		this.out = out;
		this.labels = labels;
		this.cases = cases;
	}

	static CauseReport of(DataSet data, PrintStream out) {
		Path labels = data.labels();
		return new CauseReport(out, (labels != null) ? Labels.read(labels) : null, data.cases().size());
	}

	/** Somebody who could be the cause, as far as anybody can tell beforehand. */
	void candidate(String system, String name) {
		if (!name.isEmpty()) {
			this.candidates.computeIfAbsent(system, (_) -> new HashSet<>()).add(name);
		}
	}

	/** Takes one answer and says how things stand. */
	void add(FaultCase fault, Answer answer) {
		Labels.Cause cause = (this.labels != null) ? this.labels.causes().get(fault.id()) : null;
		Credit credit = (cause != null) ? Credit.of(answer.ranking(), cause.accepted()) : null;
		this.scored.add(new Scored(fault, answer, cause, credit));
		String first = answer.ranking().isEmpty() ? "nobody" : answer.ranking().getFirst().service();
		this.out.printf(Locale.ROOT, "  %3d of %d  %-14s %-12s %-40s %6.1f s%s%n", this.scored.size(), this.cases,
				fault.id(), answer.verdict(), first, answer.waited().toMillis() / 1000.0,
				(credit != null) ? String.format(Locale.ROOT, "  AC@1 so far %.3f", accuracy(this.scored).top1()) : "");
	}

	/** Prints the table, one row a system and one for all. */
	void print() {
		this.out.println();
		this.out.printf("%-28s %4s %6s %6s %6s  %-14s %6s  %-14s %9s %9s  %s%n", "system", "n", "AC@1", "AC@3", "AC@5",
				"95 % of AC@1", "chance", "constant 1/3", "mean ms", "worst ms", "verdicts");
		Map<String, List<Scored>> systems = new TreeMap<>();
		for (Scored one : this.scored) {
			systems.computeIfAbsent(one.fault().system(), (_) -> new ArrayList<>()).add(one);
		}
		systems.forEach(this::row);
		if (systems.size() > 1) {
			row("all", this.scored);
		}
		ablation();
		long pathless = this.scored.stream()
			.filter((one) -> one.answer().verdict().equals(CONCLUSIVE) && !one.answer().path())
			.count();
		if (pathless > 0) {
			this.out.println(pathless + " answers are " + CONCLUSIVE + " without a path.");
		}
		if (this.labels == null) {
			this.out.println("There is no labels.jsonl, so nobody knows which answers are right.");
		}
	}

	private void row(String system, List<Scored> answers) {
		List<Duration> analyses = answers.stream()
			.map((one) -> one.answer().analysis())
			.filter(Objects::nonNull)
			.toList();
		Map<String, Integer> verdicts = new TreeMap<>();
		answers.forEach((one) -> verdicts.merge(one.answer().verdict().isEmpty() ? "none" : one.answer().verdict(), 1,
				Integer::sum));
		String latency = analyses.isEmpty() ? String.format("%9s %9s", "-", "-")
				: String.format(Locale.ROOT, "%9.0f %9.0f",
						analyses.stream().mapToDouble(Duration::toMillis).average().orElse(0),
						analyses.stream().mapToDouble(Duration::toMillis).max().orElse(0));
		this.out.printf(Locale.ROOT, "%-28s %4d %s %s  %s%n", system, answers.size(), quality(answers), latency,
				verdicts);
	}

	/** What each class of evidence is worth: the same answers without it. */
	private void ablation() {
		Set<String> classes = new TreeSet<>();
		this.scored.forEach((one) -> classes.addAll(one.answer().without().keySet()));
		if (this.labels == null || classes.isEmpty()) {
			return;
		}
		this.out.println();
		this.out.printf("%-28s %6s %6s %6s  %s%n", "without", "AC@1", "AC@3", "AC@5", "answers that have it");
		for (String evidence : classes) {
			List<Credit> credits = new ArrayList<>();
			for (Scored one : this.scored) {
				if (one.cause() != null) {
					credits.add(Credit.of(one.answer().without(evidence), one.cause().accepted()));
				}
			}
			Accuracy accuracy = Accuracy.of(credits);
			this.out.printf(Locale.ROOT, "%-28s %6.3f %6.3f %6.3f  %d%n", evidence, accuracy.top1(), accuracy.top3(),
					accuracy.top5(),
					this.scored.stream().filter((one) -> one.answer().without().containsKey(evidence)).count());
		}
	}

	private String quality(List<Scored> answers) {
		if (this.labels == null) {
			return String.format("%6s %6s %6s  %-14s %6s  %-14s", "-", "-", "-", "-", "-", "-");
		}
		Accuracy accuracy = accuracy(answers);
		ConstantPredictor constant = ConstantPredictor
			.of(answers.stream().map(Scored::cause).filter(Objects::nonNull).map(Labels.Cause::service).toList());
		double chance = answers.stream()
			.mapToDouble(
					(one) -> 1.0 / Math.max(1, this.candidates.getOrDefault(one.fault().system(), Set.of()).size()))
			.average()
			.orElse(0);
		return String.format(Locale.ROOT, "%6.3f %6.3f %6.3f  [%.3f, %.3f] %6.3f  %.3f / %.3f ", accuracy.top1(),
				accuracy.top3(), accuracy.top5(), accuracy.interval().low(), accuracy.interval().high(), chance,
				constant.top(1), constant.top(3));
	}

	private static Accuracy accuracy(List<Scored> answers) {
		return Accuracy.of(answers.stream().map(Scored::credit).filter(Objects::nonNull).toList());
	}

	private record Scored(FaultCase fault, Answer answer, Labels.@Nullable Cause cause, @Nullable Credit credit) {
	}

}
