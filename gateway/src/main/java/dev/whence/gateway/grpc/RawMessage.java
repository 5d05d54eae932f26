package dev.whence.gateway.grpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import io.grpc.MethodDescriptor.Marshaller;

/** Messages as they are, unparsed. */
final class RawMessage {

	/** The stream is read while the message is handed over, not here. */
	static final Marshaller<InputStream> REQUEST = new Marshaller<>() {

		@Override
		public InputStream stream(InputStream message) {
			return message;
		}

		@Override
		public InputStream parse(InputStream stream) {
			return stream;
		}

	};

	static final Marshaller<byte[]> RESPONSE = new Marshaller<>() {

		@Override
		public InputStream stream(byte[] message) {
			return new ByteArrayInputStream(message);
		}

		@Override
		public byte[] parse(InputStream stream) {
			try {
				return stream.readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	};

	private RawMessage() {
	}

}
