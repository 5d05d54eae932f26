package dev.whence.analysis.lock;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/**
 * A network between one worker and Redis that can stop carrying anything, while its
 * connections stay open.
 */
final class StallingProxy implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final URI target;

	private boolean stalled;

	StallingProxy(String target) throws IOException {
		this.target = URI.create(target);
		Thread.ofVirtual().start(this::accept);
	}

	String url() {
		return "redis://127.0.0.1:" + this.server.getLocalPort();
	}

	synchronized void stall(boolean stalled) {
		this.stalled = stalled;
		notifyAll();
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		stall(false);
	}

	private synchronized void awaitPassage() throws InterruptedException {
		while (this.stalled) {
			wait();
		}
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				Socket redis = new Socket(this.target.getHost(), this.target.getPort());
				Thread.ofVirtual().start(() -> carry(client, redis));
				Thread.ofVirtual().start(() -> carry(redis, client));
			}
		}
		catch (IOException closed) {
			// The test is over.
		}
	}

	private void carry(Socket from, Socket to) {
		try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
			byte[] buffer = new byte[8192];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				awaitPassage();
				out.write(buffer, 0, read);
			}
		}
		catch (IOException | InterruptedException closed) {
			// One side has hung up.
		}
	}

}
