package dev.whence.store.rollup;

/** That one service calls another, and how often over all minutes asked for. */
public record Call(String caller, String callee, long calls, long errors) {
}
