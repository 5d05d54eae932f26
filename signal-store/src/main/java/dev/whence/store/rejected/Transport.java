package dev.whence.store.rejected;

import java.util.Locale;

/** The protocol by which a record came. */
public enum Transport {

	NATIVE, BATCH, OTLP, ZIPKIN, XRAY;

	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

}
