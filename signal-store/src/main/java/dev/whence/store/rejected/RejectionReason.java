package dev.whence.store.rejected;

import java.util.Locale;

/** Why a record was not stored; a closed set, so that it can tag a metric. */
public enum RejectionReason {

	/** It cannot be read at all: no JSON, no protobuf, not UTF-8, a key twice. */
	MALFORMED,

	/** It can be read, and a field is missing or wrong. */
	INVALID_FIELD,

	/** It goes beyond a limit on one record. */
	LIMIT,

	/** The body, or the number of records in it, goes beyond a limit. */
	TOO_LARGE,

	/** Nobody here reads its content type or content encoding. */
	UNSUPPORTED_TYPE,

	/** Another content is stored under its id; that one stays. */
	CONFLICT;

	/** The form of metrics and of the query API, e.g. {@code invalid-field}. */
	public String wireName() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
