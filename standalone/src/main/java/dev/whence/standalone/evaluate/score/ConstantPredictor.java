package dev.whence.standalone.evaluate.score;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who gives every case the same answer, the best there is: the labels by their frequency.
 * It has seen the labels, so an answer that is not better has found nothing.
 *
 * @param frequencies how often each label is the truth, the most frequent first
 */
public record ConstantPredictor(List<Long> frequencies) {

	/** Counts the labels. */
	public static ConstantPredictor of(Collection<String> labels) {
		return new ConstantPredictor(labels.stream()
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
			.values()
			.stream()
			.sorted(Comparator.reverseOrder())
			.toList());
	}

	/** The share of cases whose truth is among the first so many of the one answer. */
	public double top(int places) {
		long all = this.frequencies.stream().mapToLong(Long::longValue).sum();
		long hit = this.frequencies.stream().limit(places).mapToLong(Long::longValue).sum();
		return (all > 0) ? (double) hit / all : 0;
	}

}
