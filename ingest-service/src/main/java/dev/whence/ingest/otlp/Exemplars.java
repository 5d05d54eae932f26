package dev.whence.ingest.otlp;

import io.opentelemetry.proto.metrics.v1.Exemplar;

import static dev.whence.ingest.otlp.WireReader.BYTES;
import static dev.whence.ingest.otlp.WireReader.FIXED64;
import static dev.whence.ingest.otlp.WireReader.tag;

/** Examples of what a metric counted, as JSON. */
final class Exemplars {

	private static final int TIME = tag(Exemplar.TIME_UNIX_NANO_FIELD_NUMBER, FIXED64);

	private static final int AS_DOUBLE = tag(Exemplar.AS_DOUBLE_FIELD_NUMBER, FIXED64);

	private static final int SPAN_ID = tag(Exemplar.SPAN_ID_FIELD_NUMBER, BYTES);

	private static final int TRACE_ID = tag(Exemplar.TRACE_ID_FIELD_NUMBER, BYTES);

	private static final int AS_INT = tag(Exemplar.AS_INT_FIELD_NUMBER, FIXED64);

	private static final int ATTRIBUTE = tag(Exemplar.FILTERED_ATTRIBUTES_FIELD_NUMBER, BYTES);

	private Exemplars() {
	}

	/** Writes the exemplar whose field was just found, unless it is too much. */
	static void write(WireReader in, JsonOutput out, Excess excess) {
		if (!excess.value()) {
			in.skip();
			return;
		}
		int outer = in.enter();
		int begin = in.position();
		out.beginObject();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == TIME) {
				out.name("time_unix_nano").unsigned(in.fixed64());
			}
			else if (tag == AS_DOUBLE) {
				out.name("value").number(in.float64());
			}
			else if (tag == AS_INT) {
				out.name("value").number(in.fixed64());
			}
			else if (tag == TRACE_ID) {
				out.name("trace_id").hex(in);
			}
			else if (tag == SPAN_ID) {
				out.name("span_id").hex(in);
			}
			else {
				in.skip();
			}
		}
		excess.at("exemplars");
		SpanParts.attributes(in, begin, ATTRIBUTE, out, excess);
		out.endObject();
		in.leave(outer);
	}

}
