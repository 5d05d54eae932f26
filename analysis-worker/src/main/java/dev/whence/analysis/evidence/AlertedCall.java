package dev.whence.analysis.evidence;

/** A call that alerted, between two services, instances or hosts. */
public record AlertedCall(String caller, String callee) {
}
