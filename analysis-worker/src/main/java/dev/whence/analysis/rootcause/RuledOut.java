package dev.whence.analysis.rootcause;

/** A service that showed trouble but did not start it. */
public record RuledOut(String service, String reason) {
}
