package dev.whence.ingest.otlp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;

import dev.whence.model.MetricKind;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.Sum;
import org.jspecify.annotations.Nullable;

import static dev.whence.ingest.otlp.WireReader.BYTES;
import static dev.whence.ingest.otlp.WireReader.VARINT;
import static dev.whence.ingest.otlp.WireReader.tag;

/**
 * Reads the metrics of {@code ExportMetricsServiceRequest}. Each data point becomes one
 * metric point; distributions keep their buckets among the details and show their mean as
 * the value. Not for use by two threads.
 */
final class MetricDecoder implements EnvelopeWalk.RecordReader {

	private static final int NAME = tag(Metric.NAME_FIELD_NUMBER, BYTES);

	private static final int DESCRIPTION = tag(Metric.DESCRIPTION_FIELD_NUMBER, BYTES);

	private static final int UNIT = tag(Metric.UNIT_FIELD_NUMBER, BYTES);

	private static final int METADATA = tag(Metric.METADATA_FIELD_NUMBER, BYTES);

	/** The kinds of data have these fields under the same numbers. */
	private static final int DATA_POINT = tag(Sum.DATA_POINTS_FIELD_NUMBER, BYTES);

	private static final int TEMPORALITY = tag(Sum.AGGREGATION_TEMPORALITY_FIELD_NUMBER, VARINT);

	private static final int IS_MONOTONIC = tag(Sum.IS_MONOTONIC_FIELD_NUMBER, VARINT);

	private static final int DELTA = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA_VALUE;

	private static final int CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE_VALUE;

	private final PointDecoder points;

	private final JsonOutput shared = new JsonOutput();

	private final JsonOutput metadata = new JsonOutput();

	private final Excess excess = new Excess();

	MetricDecoder(InstantSource clock) {
		this.points = new PointDecoder(clock);
	}

	@Override
	public void read(WireReader in, Origin origin, Decoded decoded) {
		decoded.countEnvelope();
		int outer = in.enter();
		String name = "";
		String unit = "";
		MetricKind kind = null;
		int dataAt = 0;
		this.excess.reset();
		this.excess.at("metadata");
		this.shared.reset();
		this.metadata.reset();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			MetricKind found = kind(tag);
			if (found != null) {
				kind = found;
				dataAt = in.position();
				in.skip();
			}
			else if (tag == NAME) {
				name = in.name();
			}
			else if (tag == UNIT) {
				unit = in.name();
			}
			else if (tag == DESCRIPTION && isMore(in)) {
				this.shared.name("description").string(in);
			}
			else if (tag == METADATA && isMore(in)) {
				AttributeJson.member(in, this.metadata, this.excess);
			}
			else {
				in.skip();
			}
		}
		// A metric without data has nothing to store and is no error.
		if (kind != null) {
			in.rewind(dataAt);
			int inner = in.enter();
			data(in, origin, name, kind, unit, decoded);
			in.leave(inner);
		}
		in.leave(outer);
	}

	private void data(WireReader in, Origin origin, String name, MetricKind kind, String unit, Decoded decoded) {
		int begin = in.position();
		boolean monotonic = false;
		long temporality = 0;
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == TEMPORALITY && hasTemporality(kind)) {
				temporality = in.varint();
			}
			else if (tag == IS_MONOTONIC && kind == MetricKind.SUM) {
				monotonic = in.varint() != 0;
			}
			else {
				in.skip();
			}
		}
		describe(kind, monotonic, temporality);
		this.excess.name("the name of a metric", name);
		this.excess.name("the unit of a metric", unit);
		this.excess.shared("the description of a metric", this.shared.size());
		PointDecoder.Metric metric = new PointDecoder.Metric(name, kind, unit,
				this.excess.isFound() ? new byte[0] : this.shared.toBytes(),
				context(decoded.sha256(), name, kind, unit, temporality, monotonic), this.excess.finding());
		in.rewind(begin);
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == DATA_POINT) {
				if (!decoded.refuses(in, origin)) {
					this.points.read(in, origin, metric, decoded);
				}
			}
			else {
				in.skip();
			}
		}
	}

	/** Whether the field that was just found is still within what points may share. */
	private boolean isMore(WireReader in) {
		int at = in.position();
		this.excess.shared("the description of a metric",
				(long) this.shared.size() + this.metadata.size() + in.length());
		in.rewind(at);
		return !this.excess.isFound();
	}

	/** What tells equal points of different metrics apart. */
	private static byte[] context(MessageDigest sha256, String name, MetricKind kind, String unit, long temporality,
			boolean monotonic) {
		sha256.reset();
		for (String part : List.of(name, kind.name(), unit, Long.toString(temporality), Boolean.toString(monotonic))) {
			byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
			Origin.updateLength(sha256, bytes.length);
			sha256.update(bytes);
		}
		return sha256.digest();
	}

	private void describe(MetricKind kind, boolean monotonic, long temporality) {
		if (kind == MetricKind.SUM) {
			this.shared.name("is_monotonic").bool(monotonic);
		}
		if (temporality == DELTA || temporality == CUMULATIVE) {
			this.shared.name("aggregation_temporality").string((temporality == DELTA) ? "delta" : "cumulative");
		}
		if (this.metadata.size() > 0) {
			this.shared.name("metadata").beginObject().members(this.metadata).endObject();
		}
	}

	private static boolean hasTemporality(MetricKind kind) {
		return kind == MetricKind.SUM || kind == MetricKind.HISTOGRAM || kind == MetricKind.EXPONENTIAL_HISTOGRAM;
	}

	private static @Nullable MetricKind kind(int tag) {
		if ((tag & 7) != BYTES) {
			return null;
		}
		return switch (tag >>> 3) {
			case Metric.GAUGE_FIELD_NUMBER -> MetricKind.GAUGE;
			case Metric.SUM_FIELD_NUMBER -> MetricKind.SUM;
			case Metric.HISTOGRAM_FIELD_NUMBER -> MetricKind.HISTOGRAM;
			case Metric.EXPONENTIAL_HISTOGRAM_FIELD_NUMBER -> MetricKind.EXPONENTIAL_HISTOGRAM;
			case Metric.SUMMARY_FIELD_NUMBER -> MetricKind.SUMMARY;
			default -> null;
		};
	}

}
