package dev.whence.store.segment;

import java.util.List;
import java.util.UUID;

/**
 * What filters above many segments say about a trace.
 *
 * @param groups those that were asked: none of their other segments has the trace
 * @param segments of these groups, those that may have it
 */
record Suspects(List<UUID> groups, List<UUID> segments) {
}
