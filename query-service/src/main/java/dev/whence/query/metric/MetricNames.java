package dev.whence.query.metric;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.store.rollup.MetricName;

/**
 * Which metrics there are.
 *
 * @param metrics by service and name
 * @param services every service with a metric, whichever was asked about, by name
 * @param truncated whether there are more metrics or services
 */
record MetricNames(List<MeasuredMetric> metrics, List<MetricService> services, boolean truncated) {

	/**
	 * A metric of a service.
	 *
	 * @param series in how many sets of attributes, on how many instances it is measured
	 * @param lastSeen within an hour
	 */
	record MeasuredMetric(String service, String name, String kind, String unit, long series,
			@JsonProperty("last_seen") Instant lastSeen) {

		static MeasuredMetric of(MetricName metric) {
			return new MeasuredMetric(metric.service(), metric.name(), metric.kind().name().toLowerCase(Locale.ROOT),
					metric.unit(), metric.series(), metric.lastSeen());
		}

	}

	/**
	 * A service that measures something.
	 *
	 * @param metrics how many
	 */
	record MetricService(String service, long metrics) {
	}

}
