package dev.whence.ingest.otlp;

import java.time.Instant;
import java.time.InstantSource;

import dev.whence.ingest.intake.ContentId;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.store.form.EncodedJson;
import dev.whence.store.rejected.RejectionReason;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint.ValueAtQuantile;
import org.jspecify.annotations.Nullable;

import static dev.whence.ingest.otlp.WireReader.BYTES;
import static dev.whence.ingest.otlp.WireReader.FIXED64;
import static dev.whence.ingest.otlp.WireReader.VARINT;
import static dev.whence.ingest.otlp.WireReader.tag;

/**
 * Reads the data points of one metric. The five kinds of points have their common fields
 * under different numbers, so each kind has a method of its own for its fields.
 */
final class PointDecoder {

	/** The staleness marker among the flags. */
	private static final int NO_RECORDED_VALUE = DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE;

	private final InstantSource clock;

	private final RecordOutput out = new RecordOutput();

	private final JsonOutput array = new JsonOutput();

	private final JsonOutput exemplars = new JsonOutput();

	// Of the point that is being read.
	private long start;

	private long time;

	private @Nullable Double value;

	private @Nullable Double sum;

	private long count;

	private int flags;

	PointDecoder(InstantSource clock) {
		this.clock = clock;
	}

	/** Reads the data point whose field was just found. */
	void read(WireReader in, Origin origin, Metric metric, Decoded decoded) {
		decoded.count(origin, metric.details().length);
		int outer = in.enter();
		int from = in.position();
		int length = in.limit() - from;
		if (metric.name().isEmpty()) {
			decoded.reject(RejectionReason.INVALID_FIELD, "a metric must have a name", origin, metric.unit());
		}
		else if (metric.excess() != null) {
			decoded.reject(RejectionReason.LIMIT, metric.excess(), origin, "");
		}
		else if (this.out.begin(origin, length, decoded)) {
			read(in, origin, metric, decoded, from, length);
		}
		in.leave(outer);
	}

	private void read(WireReader in, Origin origin, Metric metric, Decoded decoded, int from, int length) {
		begin(metric);
		switch (metric.kind()) {
			case GAUGE, SUM -> number(in);
			case HISTOGRAM -> histogram(in);
			case EXPONENTIAL_HISTOGRAM -> exponentialHistogram(in);
			case SUMMARY -> summary(in);
		}
		end();
		if (!this.out.complete(origin, metric.name(), decoded)) {
			return;
		}
		if (Ids.isBeyond(this.time)) {
			decoded.reject(RejectionReason.INVALID_FIELD, "time_unix_nano is after the year 2262", origin,
					metric.name());
			return;
		}
		ContentId content = decoded.identify(origin, metric.context(), in.bytes(), from, length);
		Instant when = Ids.time(this.time);
		MetricPoint point = new MetricPoint(content.id(), null, origin.serviceName(),
				(when != null) ? when : this.clock.instant(), metric.name(), metric.kind(), this.value, metric.unit(),
				new EncodedJson(this.out.attributes()), origin.resource(), new EncodedJson(this.out.detailsJson()));
		long size = (long) this.out.size() + metric.name().length() + metric.unit().length();
		if (when != null) {
			decoded.accept(point, content, size, 0);
		}
		else {
			decoded.acceptById(point, content, size, 0);
		}
	}

	private void begin(Metric metric) {
		this.start = 0;
		this.time = 0;
		this.value = null;
		this.sum = null;
		this.count = 0;
		this.flags = 0;
		this.exemplars.reset();
		this.exemplars.beginArray();
		this.out.share(metric.details());
	}

	private void end() {
		if (this.exemplars.size() > 1) {
			this.out.details().name("exemplars").raw(this.exemplars.endArray());
		}
		this.out.time("start_time_unix_nano", this.start);
		this.out.count("flags", this.flags);
		if ((this.flags & NO_RECORDED_VALUE) != 0) {
			this.value = null;
		}
	}

	private void number(WireReader in) {
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			switch (tag) {
				case NumberDataPoint.START_TIME_UNIX_NANO_FIELD_NUMBER << 3 | FIXED64 -> this.start = in.fixed64();
				case NumberDataPoint.TIME_UNIX_NANO_FIELD_NUMBER << 3 | FIXED64 -> this.time = in.fixed64();
				case NumberDataPoint.AS_DOUBLE_FIELD_NUMBER << 3 | FIXED64 -> this.value = in.float64();
				case NumberDataPoint.EXEMPLARS_FIELD_NUMBER << 3 | BYTES ->
					Exemplars.write(in, this.exemplars, this.out.excess());
				case NumberDataPoint.AS_INT_FIELD_NUMBER << 3 | FIXED64 -> integer(in.fixed64());
				case NumberDataPoint.ATTRIBUTES_FIELD_NUMBER << 3 | BYTES -> this.out.attribute(in);
				case NumberDataPoint.FLAGS_FIELD_NUMBER << 3 | VARINT -> this.flags = (int) in.varint();
				default -> in.skip();
			}
		}
	}

	private void integer(long number) {
		double nearest = number;
		this.value = nearest;
		if ((long) nearest != number || number == Long.MAX_VALUE) {
			this.out.details().name("as_int").number(number);
		}
	}

	private void histogram(WireReader in) {
		JsonOutput details = this.out.details();
		int begin = in.position();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			switch (tag) {
				case HistogramDataPoint.START_TIME_UNIX_NANO_FIELD_NUMBER << 3 | FIXED64 -> this.start = in.fixed64();
				case HistogramDataPoint.TIME_UNIX_NANO_FIELD_NUMBER << 3 | FIXED64 -> this.time = in.fixed64();
				case HistogramDataPoint.COUNT_FIELD_NUMBER << 3 | FIXED64 -> this.count = in.fixed64();
				case HistogramDataPoint.SUM_FIELD_NUMBER << 3 | FIXED64 -> sum(in, details);
				case HistogramDataPoint.EXEMPLARS_FIELD_NUMBER << 3 | BYTES ->
					Exemplars.write(in, this.exemplars, this.out.excess());
				case HistogramDataPoint.ATTRIBUTES_FIELD_NUMBER << 3 | BYTES -> this.out.attribute(in);
				case HistogramDataPoint.FLAGS_FIELD_NUMBER << 3 | VARINT -> this.flags = (int) in.varint();
				case HistogramDataPoint.MIN_FIELD_NUMBER << 3 | FIXED64 -> details.name("min").number(in.float64());
				case HistogramDataPoint.MAX_FIELD_NUMBER << 3 | FIXED64 -> details.name("max").number(in.float64());
				default -> in.skip();
			}
		}
		details.name("count").unsigned(this.count);
		details.name("bucket_counts")
			.raw(packed(in, begin, HistogramDataPoint.BUCKET_COUNTS_FIELD_NUMBER, Packed.FIXED));
		details.name("explicit_bounds")
			.raw(packed(in, begin, HistogramDataPoint.EXPLICIT_BOUNDS_FIELD_NUMBER, Packed.DOUBLES));
		this.value = mean();
	}

	private void exponentialHistogram(WireReader in) {
		JsonOutput details = this.out.details();
		int scale = 0;
		long zeroCount = 0;
		double zeroThreshold = 0;
		int positive = -1;
		int negative = -1;
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			switch (tag) {
				case ExponentialHistogramDataPoint.ATTRIBUTES_FIELD_NUMBER << 3 | BYTES -> this.out.attribute(in);
				case ExponentialHistogramDataPoint.START_TIME_UNIX_NANO_FIELD_NUMBER << 3 | FIXED64 ->
					this.start = in.fixed64();
				case ExponentialHistogramDataPoint.TIME_UNIX_NANO_FIELD_NUMBER << 3 | FIXED64 ->
					this.time = in.fixed64();
				case ExponentialHistogramDataPoint.COUNT_FIELD_NUMBER << 3 | FIXED64 -> this.count = in.fixed64();
				case ExponentialHistogramDataPoint.SUM_FIELD_NUMBER << 3 | FIXED64 -> sum(in, details);
				case ExponentialHistogramDataPoint.SCALE_FIELD_NUMBER << 3 | VARINT -> scale = in.zigzag32();
				case ExponentialHistogramDataPoint.ZERO_COUNT_FIELD_NUMBER << 3 | FIXED64 -> zeroCount = in.fixed64();
				case ExponentialHistogramDataPoint.POSITIVE_FIELD_NUMBER << 3 | BYTES -> positive = skipped(in);
				case ExponentialHistogramDataPoint.NEGATIVE_FIELD_NUMBER << 3 | BYTES -> negative = skipped(in);
				case ExponentialHistogramDataPoint.FLAGS_FIELD_NUMBER << 3 | VARINT -> this.flags = (int) in.varint();
				case ExponentialHistogramDataPoint.EXEMPLARS_FIELD_NUMBER << 3 | BYTES ->
					Exemplars.write(in, this.exemplars, this.out.excess());
				case ExponentialHistogramDataPoint.MIN_FIELD_NUMBER << 3 | FIXED64 ->
					details.name("min").number(in.float64());
				case ExponentialHistogramDataPoint.MAX_FIELD_NUMBER << 3 | FIXED64 ->
					details.name("max").number(in.float64());
				case ExponentialHistogramDataPoint.ZERO_THRESHOLD_FIELD_NUMBER << 3 | FIXED64 ->
					zeroThreshold = in.float64();
				default -> in.skip();
			}
		}
		details.name("count").unsigned(this.count);
		details.name("scale").number(scale);
		details.name("zero_count").unsigned(zeroCount);
		details.name("zero_threshold").number(zeroThreshold);
		buckets(in, "positive", positive);
		buckets(in, "negative", negative);
		this.value = mean();
	}

	private void buckets(WireReader in, String name, int at) {
		int offset = 0;
		this.array.reset();
		this.array.beginArray();
		if (at >= 0) {
			in.rewind(at);
			int outer = in.enter();
			int begin = in.position();
			for (int tag = in.next(); tag != 0; tag = in.next()) {
				if (tag == tag(Buckets.OFFSET_FIELD_NUMBER, VARINT)) {
					offset = in.zigzag32();
				}
				else {
					in.skip();
				}
			}
			packed(in, begin, Buckets.BUCKET_COUNTS_FIELD_NUMBER, Packed.VARINTS);
			in.leave(outer);
		}
		else {
			this.array.endArray();
		}
		this.out.details()
			.name(name)
			.beginObject()
			.name("offset")
			.number(offset)
			.name("bucket_counts")
			.raw(this.array)
			.endObject();
	}

	private void summary(WireReader in) {
		double total = 0;
		this.array.reset();
		this.array.beginArray();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			switch (tag) {
				case SummaryDataPoint.START_TIME_UNIX_NANO_FIELD_NUMBER << 3 | FIXED64 -> this.start = in.fixed64();
				case SummaryDataPoint.TIME_UNIX_NANO_FIELD_NUMBER << 3 | FIXED64 -> this.time = in.fixed64();
				case SummaryDataPoint.COUNT_FIELD_NUMBER << 3 | FIXED64 -> this.count = in.fixed64();
				case SummaryDataPoint.SUM_FIELD_NUMBER << 3 | FIXED64 -> total = in.float64();
				case SummaryDataPoint.QUANTILE_VALUES_FIELD_NUMBER << 3 | BYTES -> quantile(in);
				case SummaryDataPoint.ATTRIBUTES_FIELD_NUMBER << 3 | BYTES -> this.out.attribute(in);
				case SummaryDataPoint.FLAGS_FIELD_NUMBER << 3 | VARINT -> this.flags = (int) in.varint();
				default -> in.skip();
			}
		}
		this.out.details()
			.name("count")
			.unsigned(this.count)
			.name("sum")
			.number(total)
			.name("quantiles")
			.raw(this.array.endArray());
		this.sum = total;
		this.value = mean();
	}

	private void quantile(WireReader in) {
		double quantile = 0;
		double at = 0;
		if (!this.out.excess().value()) {
			in.skip();
			return;
		}
		int outer = in.enter();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			switch (tag) {
				case ValueAtQuantile.QUANTILE_FIELD_NUMBER << 3 | FIXED64 -> quantile = in.float64();
				case ValueAtQuantile.VALUE_FIELD_NUMBER << 3 | FIXED64 -> at = in.float64();
				default -> in.skip();
			}
		}
		in.leave(outer);
		this.array.beginObject().name("quantile").number(quantile).name("value").number(at).endObject();
	}

	private void sum(WireReader in, JsonOutput details) {
		double found = in.float64();
		details.name("sum").number(found);
		this.sum = found;
	}

	/** Null where there is none: of nothing, and of observations nobody added up. */
	private @Nullable Double mean() {
		return (this.count != 0 && this.sum != null) ? Double.valueOf(this.sum / toDouble(this.count)) : null;
	}

	private static double toDouble(long unsigned) {
		return (unsigned >= 0) ? unsigned : (unsigned >>> 1) * 2.0;
	}

	/** Where the length of the field begins that was just found. */
	private static int skipped(WireReader in) {
		int at = in.position();
		in.skip();
		return at;
	}

	/** A repeated number of the current message as an array, packed or one by one. */
	private JsonOutput packed(WireReader in, int begin, int field, Packed numbers) {
		this.array.reset();
		this.array.beginArray();
		in.rewind(begin);
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == tag(field, BYTES)) {
				int outer = in.enter();
				while (in.position() < in.limit()) {
					numbers.write(in, this.array);
				}
				in.leave(outer);
			}
			else if (tag == tag(field, (numbers == Packed.VARINTS) ? VARINT : FIXED64)) {
				numbers.write(in, this.array);
			}
			else {
				in.skip();
			}
		}
		return this.array.endArray();
	}

	private enum Packed {

		FIXED, DOUBLES, VARINTS;

		void write(WireReader in, JsonOutput out) {
			switch (this) {
				case FIXED -> out.unsigned(in.fixed64());
				case DOUBLES -> out.number(in.float64());
				case VARINTS -> out.unsigned(in.varint());
			}
		}

	}

	/**
	 * What the points of one metric share.
	 *
	 * @param details members of the details of every point
	 * @param context part of the identity of every point
	 * @param excess why none of the points can be taken, or null
	 */
	record Metric(String name, MetricKind kind, String unit, byte[] details, byte[] context, @Nullable String excess) {
	}

}
