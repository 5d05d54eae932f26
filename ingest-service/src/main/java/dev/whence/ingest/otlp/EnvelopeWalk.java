package dev.whence.ingest.otlp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

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

	private static final String UNKNOWN_SERVICE = "unknown_service";

	private static final byte[] SERVICE_NAME = "service.name".getBytes(StandardCharsets.US_ASCII);

	private static final int RESOURCE_ENVELOPE = tag(1, BYTES);

	private static final int HEAD = tag(1, BYTES);

	private static final int CONTENT = tag(2, BYTES);

	private static final int SCHEMA_URL = tag(3, BYTES);

	private static final int RESOURCE_ATTRIBUTE = tag(1, BYTES);

	private static final int RESOURCE_DROPPED = tag(2, VARINT);

	private static final int RESOURCE_ENTITY = tag(3, BYTES);

	private static final int SCOPE_NAME = tag(1, BYTES);

	private static final int SCOPE_VERSION = tag(2, BYTES);

	private static final int SCOPE_ATTRIBUTE = tag(3, BYTES);

	private static final int SCOPE_DROPPED = tag(4, VARINT);

	private final WireReader in;

	private final Decoded decoded;

	private final MessageDigest sha256;

	private final RecordReader records;

	private final JsonOutput resource = new JsonOutput();

	private final JsonOutput details = new JsonOutput();

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
	static void through(byte[] body, Decoded decoded, RecordReader records) {
		new EnvelopeWalk(new WireReader(body), decoded, records).request();
		// Counted here, because the outputs are this walk's.
	}

	private void request() {
		for (int tag = this.in.next(); tag != 0; tag = this.in.next()) {
			if (tag == RESOURCE_ENVELOPE) {
				int outer = this.in.enter();
				resource();
				this.in.leave(outer);
			}
			else {
				this.in.skip();
			}
		}
		this.decoded.sanitized(this.resource.replaced() + this.details.replaced());
	}

	private void resource() {
		Envelope envelope = Envelope.read(this.in);
		this.resource.reset();
		this.resource.beginObject();
		this.details.reset();
		String service = null;
		if (envelope.head() >= 0) {
			this.in.rewind(envelope.head());
			service = resourceAttributes();
		}
		this.resource.endObject();
		schemaUrl("resource_schema_url", envelope);
		this.sha256.reset();
		envelope.digestHead(this.in, this.sha256);
		byte[] resourceDigest = this.sha256.digest();
		byte[] json = this.resource.toBytes();
		byte[] members = this.details.toBytes();
		for (int scope : envelope.contents()) {
			this.in.rewind(scope);
			int outer = this.in.enter();
			scope((service != null && !service.isEmpty()) ? service : UNKNOWN_SERVICE, json, members, resourceDigest);
			this.in.leave(outer);
		}
	}

	/** Writes the resource; the name of the service, if it has one. */
	private @Nullable String resourceAttributes() {
		String service = null;
		int outer = this.in.enter();
		for (int tag = this.in.next(); tag != 0; tag = this.in.next()) {
			if (tag == RESOURCE_ATTRIBUTE) {
				String name = AttributeJson.textOf(this.in, this.in.position(), SERVICE_NAME);
				service = (name != null) ? name : service;
				AttributeJson.member(this.in, this.resource);
			}
			else if (tag == RESOURCE_DROPPED) {
				this.details.name("resource_dropped_attributes_count").number(this.in.varint());
			}
			else if (tag == RESOURCE_ENTITY) {
				// In development at OpenTelemetry, so kept as it came; one of several.
				int length = this.in.length();
				this.details.name("resource_entity_ref").base64(this.in.bytes(), this.in.position(), length);
				this.in.advance(length);
			}
			else {
				this.in.skip();
			}
		}
		this.in.leave(outer);
		return service;
	}

	private void scope(String service, byte[] resource, byte[] members, byte[] resourceDigest) {
		Envelope envelope = Envelope.read(this.in);
		this.details.reset();
		this.details.members(members);
		if (envelope.head() >= 0) {
			this.in.rewind(envelope.head());
			scopeMembers();
		}
		schemaUrl("scope_schema_url", envelope);
		this.sha256.reset();
		this.sha256.update(resourceDigest);
		envelope.digestHead(this.in, this.sha256);
		Origin origin = new Origin(service, resource, this.details.toBytes(), this.sha256.digest());
		for (int record : envelope.contents()) {
			this.in.rewind(record);
			this.records.read(this.in, origin, this.decoded);
		}
	}

	private void scopeMembers() {
		int outer = this.in.enter();
		if (this.in.position() < this.in.limit()) {
			JsonOutput attributes = new JsonOutput();
			this.details.name("scope").beginObject();
			for (int tag = this.in.next(); tag != 0; tag = this.in.next()) {
				if (tag == SCOPE_NAME) {
					text(this.details.name("name"));
				}
				else if (tag == SCOPE_VERSION) {
					text(this.details.name("version"));
				}
				else if (tag == SCOPE_DROPPED) {
					this.details.name("dropped_attributes_count").number(this.in.varint());
				}
				else if (tag == SCOPE_ATTRIBUTE) {
					AttributeJson.member(this.in, attributes);
				}
				else {
					this.in.skip();
				}
			}
			if (attributes.size() > 0) {
				this.details.name("attributes").beginObject().members(attributes.toBytes()).endObject();
			}
			this.details.endObject();
		}
		this.in.leave(outer);
	}

	private void schemaUrl(String name, Envelope envelope) {
		if (envelope.schemaUrl() >= 0) {
			this.in.rewind(envelope.schemaUrl());
			text(this.details.name(name));
		}
	}

	private void text(JsonOutput out) {
		int length = this.in.length();
		out.string(this.in.bytes(), this.in.position(), length);
		this.in.advance(length);
	}

	/** Reads one record, the field of which was just found. */
	@FunctionalInterface
	interface RecordReader {

		void read(WireReader in, Origin origin, Decoded decoded);

	}

	/**
	 * Where the parts of an envelope begin. Its head usually comes first, but need not,
	 * so the parts are found before any is read.
	 */
	private record Envelope(int head, int schemaUrl, List<Integer> contents) {

		static Envelope read(WireReader in) {
			int head = -1;
			int schemaUrl = -1;
			List<Integer> contents = new ArrayList<>();
			for (int tag = in.next(); tag != 0; tag = in.next()) {
				int at = in.position();
				if (tag == HEAD) {
					head = at;
				}
				else if (tag == CONTENT) {
					contents.add(at);
				}
				else if (tag == SCHEMA_URL) {
					schemaUrl = at;
				}
				in.skip();
			}
			return new Envelope(head, schemaUrl, contents);
		}

		void digestHead(WireReader in, MessageDigest sha256) {
			digest(in, this.head, sha256);
			digest(in, this.schemaUrl, sha256);
		}

		private static void digest(WireReader in, int at, MessageDigest sha256) {
			int length = 0;
			if (at >= 0) {
				in.rewind(at);
				length = in.length();
			}
			sha256.update(new byte[] { (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8),
					(byte) length });
			sha256.update(in.bytes(), (length > 0) ? in.position() : 0, length);
		}

	}

}
