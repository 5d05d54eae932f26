package dev.whence.store.rollup;

import java.util.Map;

import dev.whence.model.MetricKind;
import org.jspecify.annotations.Nullable;

/**
 * What a metric series is about. Equal for all points of the series.
 *
 * @param id names the series within the installation, for good
 * @param unit UCUM; empty when unknown
 * @param resource the attributes of the resource that say where it runs: instance, host,
 * node, pod, container
 */
public record SeriesKey(long id, String service, String name, String unit, MetricKind kind,
		Map<String, @Nullable Object> attributes, Map<String, @Nullable Object> resource) {
}
