package dev.whence.ingest.otlp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import dev.whence.ingest.intake.RecordLimits;
import dev.whence.store.rejected.RejectionReason;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import org.jspecify.annotations.Nullable;

import static dev.whence.ingest.otlp.WireReader.BYTES;
import static dev.whence.ingest.otlp.WireReader.VARINT;
import static dev.whence.ingest.otlp.WireReader.tag;

/**
 * Walks through an export request down to its records. All three signals have the same
 * envelopes with the same field numbers: a request holds resources, a resource holds
 * scopes, a scope holds records (or metrics).
 */
final class EnvelopeWalk {

	/** Characters of a service's name that is too long. */
	private static final int SHOWN = 100;

	private static final String UNKNOWN_SERVICE = "unknown_service";

	private static final byte[] SERVICE_NAME = "service.name".getBytes(StandardCharsets.US_ASCII);

	private static final int RESOURCE_ENVELOPE = tag(ExportTraceServiceRequest.RESOURCE_SPANS_FIELD_NUMBER, BYTES);

	private static final int HEAD = tag(ResourceSpans.RESOURCE_FIELD_NUMBER, BYTES);

	private static final int CONTENT = tag(ResourceSpans.SCOPE_SPANS_FIELD_NUMBER, BYTES);

	private static final int SCHEMA_URL = tag(ResourceSpans.SCHEMA_URL_FIELD_NUMBER, BYTES);

	private static final int RESOURCE_ATTRIBUTE = tag(Resource.ATTRIBUTES_FIELD_NUMBER, BYTES);

	private static final int RESOURCE_DROPPED = tag(Resource.DROPPED_ATTRIBUTES_COUNT_FIELD_NUMBER, VARINT);

	private static final int RESOURCE_ENTITY = tag(Resource.ENTITY_REFS_FIELD_NUMBER, BYTES);

	private static final int SCOPE_NAME = tag(InstrumentationScope.NAME_FIELD_NUMBER, BYTES);

	private static final int SCOPE_VERSION = tag(InstrumentationScope.VERSION_FIELD_NUMBER, BYTES);

	private static final int SCOPE_ATTRIBUTE = tag(InstrumentationScope.ATTRIBUTES_FIELD_NUMBER, BYTES);

	private static final int SCOPE_DROPPED = tag(InstrumentationScope.DROPPED_ATTRIBUTES_COUNT_FIELD_NUMBER, VARINT);

	private static final byte[] NOTHING = {};

	private static final byte[] NO_RESOURCE = { '{', '}' };

	private final WireReader in;

	private final Decoded decoded;

	private final MessageDigest sha256;

	private final RecordReader records;

	private final JsonOutput resource = new JsonOutput();

	private final JsonOutput details = new JsonOutput();

	private final JsonOutput nested = new JsonOutput();

	private final Excess excess = new Excess();

	private EnvelopeWalk(WireReader in, Decoded decoded, RecordReader records) {
		this.in = in;
		this.decoded = decoded;
		this.sha256 = decoded.sha256();
		this.records = records;
	}

	/**
	 * @param records reads the record whose field was just found, all of it or nothing
	 * @throws MalformedWireException when the body is not such a message
	 */
	static void through(WireReader in, Decoded decoded, RecordReader records) {
		EnvelopeWalk walk = new EnvelopeWalk(in, decoded, records);
		walk.request();
		decoded.sanitized(walk.resource.replaced() + walk.details.replaced() + walk.nested.replaced());
	}

	private void request() {
		for (int tag = this.in.next(); tag != 0; tag = this.in.next()) {
			if (tag == RESOURCE_ENVELOPE) {
				this.decoded.countEnvelope();
				int outer = this.in.enter();
				resource();
				this.in.leave(outer);
			}
			else {
				this.in.skip();
			}
		}
	}

	private void resource() {
		int begin = this.in.position();
		Envelope envelope = Envelope.read(this.in);
		this.excess.reset();
		this.excess.shared("a resource", envelope.size(this.in));
		this.resource.reset();
		this.resource.beginObject();
		this.details.reset();
		String service = null;
		if (envelope.head() >= 0) {
			this.in.rewind(envelope.head());
			fault();
			service = resourceMembers();
		}
		this.resource.endObject();
		schemaUrl("resource_schema_url", envelope);
		this.excess.shared("a resource", (long) this.resource.size() + this.details.size());
		this.sha256.reset();
		envelope.digestHead(this.in, this.sha256);
		Shared shared = new Shared((service != null && !service.isEmpty()) ? service : UNKNOWN_SERVICE,
				this.excess.isFound() ? NO_RESOURCE : this.resource.toBytes(),
				this.excess.isFound() ? NOTHING : this.details.toBytes(), this.sha256.digest(), this.excess.finding(),
				this.excess.reason());
		this.in.rewind(begin);
		for (int tag = this.in.next(); tag != 0; tag = this.in.next()) {
			if (tag == CONTENT) {
				this.decoded.countEnvelope();
				int outer = this.in.enter();
				scope(shared);
				this.in.leave(outer);
			}
			else {
				this.in.skip();
			}
		}
	}

	/** Writes the resource; the name of the service, if it has one. */
	private @Nullable String resourceMembers() {
		String service = null;
		int dropped = 0;
		int outer = this.in.enter();
		this.excess.at("resource");
		this.nested.reset();
		this.nested.beginArray();
		for (int tag = this.in.next(); tag != 0; tag = this.in.next()) {
			if (tag == RESOURCE_ATTRIBUTE) {
				String name = AttributeJson.textOf(this.in, this.in.position(), SERVICE_NAME);
				service = (name != null) ? name : service;
				attribute(this.resource);
			}
			else if (tag == RESOURCE_DROPPED) {
				dropped = (int) this.in.varint();
			}
			else if (tag == RESOURCE_ENTITY && this.excess.value()) {
				// In development at OpenTelemetry, so kept as they came.
				this.nested.base64(this.in);
			}
			else {
				this.in.skip();
			}
		}
		this.in.leave(outer);
		if (dropped != 0) {
			this.details.name("resource_dropped_attributes_count").number(Integer.toUnsignedLong(dropped));
		}
		if (this.nested.size() > 1) {
			this.details.name("resource_entity_refs").raw(this.nested.endArray());
		}
		return (service != null) ? checked(service) : null;
	}

	/** The name; its beginning when it is too long, by which people may recognise it. */
	private String checked(String service) {
		this.excess.name("service.name", service, RecordLimits.SERVICE_LENGTH);
		return (service.length() > RecordLimits.SERVICE_LENGTH) ? service.substring(0, SHOWN) + "…" : service;
	}

	private void scope(Shared shared) {
		int begin = this.in.position();
		Envelope envelope = Envelope.read(this.in);
		this.excess.reset();
		this.excess.shared("a scope", envelope.size(this.in));
		this.details.reset();
		this.details.members(shared.members());
		if (envelope.head() >= 0) {
			this.in.rewind(envelope.head());
			fault();
			scopeMembers();
		}
		schemaUrl("scope_schema_url", envelope);
		this.excess.shared("a scope", (long) this.details.size() - shared.members().length);
		this.sha256.reset();
		this.sha256.update(shared.digest());
		envelope.digestHead(this.in, this.sha256);
		Origin origin = new Origin(shared.service(), shared.resource(),
				this.excess.isFound() ? NOTHING : this.details.toBytes(), this.sha256.digest(),
				(shared.excess() != null) ? shared.excess() : this.excess.finding(),
				(shared.excess() != null) ? shared.reason() : this.excess.reason());
		if (this.excess.isCut()) {
			this.decoded.warn(Excess.CUT);
		}
		this.decoded.hold(origin);
		this.in.rewind(begin);
		for (int tag = this.in.next(); tag != 0; tag = this.in.next()) {
			if (tag == CONTENT) {
				if (!this.decoded.refuses(this.in, origin)) {
					this.records.read(this.in, origin, this.decoded);
				}
			}
			else {
				this.in.skip();
			}
		}
	}

	private void scopeMembers() {
		int outer = this.in.enter();
		if (this.in.position() < this.in.limit()) {
			int dropped = 0;
			this.excess.at("scope");
			this.nested.reset();
			this.details.name("scope").beginObject();
			for (int tag = this.in.next(); tag != 0; tag = this.in.next()) {
				if (tag == SCOPE_NAME && this.excess.value()) {
					this.details.name("name").string(this.in);
				}
				else if (tag == SCOPE_VERSION && this.excess.value()) {
					this.details.name("version").string(this.in);
				}
				else if (tag == SCOPE_DROPPED) {
					dropped = (int) this.in.varint();
				}
				else if (tag == SCOPE_ATTRIBUTE) {
					attribute(this.nested);
				}
				else {
					this.in.skip();
				}
			}
			if (dropped != 0) {
				this.details.name("dropped_attributes_count").number(Integer.toUnsignedLong(dropped));
			}
			if (this.nested.size() > 0) {
				this.details.name("attributes").beginObject().members(this.nested).endObject();
			}
			this.details.endObject();
		}
		this.in.leave(outer);
	}

	/** What has a fault has nothing else. */
	private void fault() {
		String fault = this.in.fault();
		if (fault != null) {
			this.excess.wrong(fault);
		}
	}

	private void attribute(JsonOutput out) {
		if (this.excess.isFound()) {
			this.in.skip();
		}
		else {
			AttributeJson.member(this.in, out, this.excess);
		}
	}

	private void schemaUrl(String name, Envelope envelope) {
		if (envelope.schemaUrl() >= 0 && !this.excess.isFound()) {
			this.in.rewind(envelope.schemaUrl());
			this.details.name(name).string(this.in);
		}
	}

	/** Reads one record, the field of which was just found. */
	@FunctionalInterface
	interface RecordReader {

		void read(WireReader in, Origin origin, Decoded decoded);

	}

	/**
	 * What the scopes of one resource share.
	 *
	 * @param members that the details of every record begin with
	 */
	private record Shared(String service, byte[] resource, byte[] members, byte[] digest, @Nullable String excess,
			RejectionReason reason) {
	}

	/**
	 * Where the head of an envelope begins. It usually comes first, but need not, so it
	 * is looked for before anything is read.
	 */
	private record Envelope(int head, int schemaUrl) {

		/** Goes to the end of the envelope. */
		static Envelope read(WireReader in) {
			int head = -1;
			int schemaUrl = -1;
			for (int tag = in.next(); tag != 0; tag = in.next()) {
				if (tag == HEAD) {
					head = in.position();
				}
				else if (tag == SCHEMA_URL) {
					schemaUrl = in.position();
				}
				in.skip();
			}
			return new Envelope(head, schemaUrl);
		}

		/** On the wire. */
		long size(WireReader in) {
			return (long) length(in, this.head) + length(in, this.schemaUrl);
		}

		void digestHead(WireReader in, MessageDigest sha256) {
			digest(in, this.head, sha256);
			digest(in, this.schemaUrl, sha256);
		}

		private static void digest(WireReader in, int at, MessageDigest sha256) {
			int length = length(in, at);
			Origin.updateLength(sha256, length);
			sha256.update(in.bytes(), (length > 0) ? in.position() : 0, length);
		}

		private static int length(WireReader in, int at) {
			if (at < 0) {
				return 0;
			}
			in.rewind(at);
			return in.length();
		}

	}

}
