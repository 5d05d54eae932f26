package dev.whence.standalone.evaluate.score;

/** One of the suspects of an answer; the best come first, equal scores are a tie. */
public record Ranked(String service, double score) {
}
