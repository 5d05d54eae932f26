package dev.whence.control.build.github;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/** An answer of which no more than so many bytes are read. */
final class BoundedResponse implements ClientHttpResponse {

	private final ClientHttpResponse response;

	private final long limit;

	BoundedResponse(ClientHttpResponse response, long limit) {
		this.response = response;
		this.limit = limit;
	}

	@Override
	public InputStream getBody() throws IOException {
		return new Bounded(this.response.getBody(), this.limit);
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.response.getHeaders();
	}

	@Override
	public HttpStatusCode getStatusCode() throws IOException {
		return this.response.getStatusCode();
	}

	@Override
	public String getStatusText() throws IOException {
		return this.response.getStatusText();
	}

	@Override
	public void close() {
		this.response.close();
	}

	/** Says that an answer is larger than is read. */
	static final class TooLargeException extends IOException {

		TooLargeException(long limit) {
			super("the answer is larger than " + limit + " bytes");
		}

	}

	private static final class Bounded extends FilterInputStream {

		private final long limit;

		private long left;

		Bounded(InputStream in, long limit) {
			super(in);
			this.limit = limit;
			this.left = limit;
		}

		@Override
		public int read() throws IOException {
			int read = super.read();
			count((read < 0) ? 0 : 1);
			return read;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int read = super.read(bytes, offset, length);
			count(Math.max(read, 0));
			return read;
		}

		private void count(int read) throws IOException {
			this.left -= read;
			if (this.left < 0) {
				throw new TooLargeException(this.limit);
			}
		}

	}

}
