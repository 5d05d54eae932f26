package dev.whence.ingest.zipkin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.whence.ingest.intake.JsonBytes;
import dev.whence.ingest.intake.RecordLimits;
import dev.whence.ingest.intake.RequestLimits;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import zipkin2.codec.SpanBytesDecoder;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * The two encodings of Zipkin's list of spans. The list is taken apart here and each span
 * is decoded by itself, so that a bad one does not cost its neighbours.
 */
enum ZipkinEncoding {

	JSON(SpanBytesDecoder.JSON_V2) {

		@Override
		List<Slice> split(byte[] sent, RequestLimits limits) {
			limits.hold((long) RequestLimits.CHARACTER * sent.length);
			byte[] body = JsonBytes.tidy(sent);
			List<Slice> slices = new ArrayList<>();
			// A factory of its own, as the parsers of one share and keep all names.
			JsonFactory factory = JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();
			try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), body)) {
				if (parser.nextToken() != JsonToken.START_ARRAY) {
					throw malformed("The body is not one JSON array of spans");
				}
				while (parser.nextToken() != JsonToken.END_ARRAY) {
					int from = (int) parser.currentTokenLocation().getByteOffset();
					parser.skipChildren();
					parser.finishToken();
					add(slices, limits, body, from, (int) parser.currentLocation().getByteOffset());
				}
				if (parser.nextToken() != null) {
					throw malformed("Something follows the JSON array of spans");
				}
			}
			catch (JacksonException ex) {
				throw malformed("The body is not one JSON array of spans, see byte "
						+ ((ex.getLocation() != null) ? ex.getLocation().getByteOffset() : 0));
			}
			limits.release((long) RequestLimits.CHARACTER * sent.length);
			return slices;
		}

	},

	PROTOBUF(SpanBytesDecoder.PROTO3) {

		@Override
		List<Slice> split(byte[] body, RequestLimits limits) {
			List<Slice> slices = new ArrayList<>();
			CodedInputStream in = CodedInputStream.newInstance(body);
			try {
				while (!in.isAtEnd()) {
					int from = in.getTotalBytesRead();
					int tag = in.readTag();
					if (!in.skipField(tag)) {
						throw malformed("The body is not Zipkin's ListOfSpans");
					}
					// ListOfSpans has one field; others may come with later versions.
					if (tag == SPANS) {
						add(slices, limits, body, from, in.getTotalBytesRead());
					}
				}
			}
			catch (IOException ex) {
				throw malformed("The body is not Zipkin's ListOfSpans");
			}
			return slices;
		}

	};

	private static final int SPANS = (1 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;

	private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
		.maxNestingDepth(RecordLimits.DEPTH)
		// Each span is held against the limits of one record by itself.
		.maxNameLength(2 * RecordLimits.BYTES)
		.maxStringLength(Integer.MAX_VALUE)
		.maxNumberLength(Integer.MAX_VALUE)
		.build();

	private final SpanBytesDecoder decoder;

	ZipkinEncoding(SpanBytesDecoder decoder) {
		this.decoder = decoder;
	}

	/**
	 * The encoding of a request; JSON where it does not say.
	 * @throws ProblemException 415 for any other content type
	 */
	static ZipkinEncoding of(@Nullable String contentType) {
		if (contentType == null) {
			return JSON;
		}
		try {
			MediaType type = MediaType.parseMediaType(contentType);
			switch (type.getType() + "/" + type.getSubtype()) {
				case "application/json":
					return JSON;
				case "application/x-protobuf":
					return PROTOBUF;
				default:
					break;
			}
		}
		catch (InvalidMediaTypeException _) {
			// Refused below like any other type.
		}
		throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE,
				"Content-Type must be application/json or application/x-protobuf");
	}

	/**
	 * Where the spans of a list begin and end.
	 * @throws ProblemException 400 when the body is no list, 413 when it is too long
	 */
	abstract List<Slice> split(byte[] body, RequestLimits limits);

	/**
	 * @throws IllegalArgumentException saying what is wrong with the span
	 */
	zipkin2.Span decode(Slice slice) {
		zipkin2.Span span = this.decoder.decodeOne(slice.bytes());
		if (span == null) {
			throw new IllegalArgumentException("is no span");
		}
		return span;
	}

	private static void add(List<Slice> slices, RequestLimits limits, byte[] body, int from, int to) {
		limits.addRecord();
		slices.add(new Slice(body, from, to));
	}

	private static ProblemException malformed(String detail) {
		return new ProblemException(ProblemCode.MALFORMED_BODY, detail);
	}

	/** One span within the body. */
	record Slice(byte[] body, int from, int to) {

		int length() {
			return this.to - this.from;
		}

		byte[] bytes() {
			return Arrays.copyOfRange(this.body, this.from, this.to);
		}

	}

}
