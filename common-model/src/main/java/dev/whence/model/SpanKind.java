package dev.whence.model;

/** OpenTelemetry's span kinds, in the order of their wire numbers. */
public enum SpanKind {

	UNSPECIFIED, INTERNAL, SERVER, CLIENT, PRODUCER, CONSUMER

}
