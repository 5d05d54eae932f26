package dev.whence.support.web;

import java.io.IOException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Writes a stream of server-sent events on the caller's thread and ends it. Nothing is
 * thrown when the reader leaves, whenever it does.
 *
 * <p>
 * When a write fails because the reader has left, the container knows and ends the
 * request by itself; Tomcat refuses every later call. So such a failure is not answered
 * with an end of ours
 * ({@link org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter#send
 * as Spring asks for}), and where the reader leaves while the stream ends, that the
 * container refuses the end is no error.
 */
public final class EventStream {

	private static final Logger log = LoggerFactory.getLogger(EventStream.class);

	private EventStream() {
	}

	/**
	 * Writes until the writer returns, fails or is interrupted.
	 * @param emitter where the writer writes to; it has ended on return, or the container
	 * is about to end it
	 * @param writer what writes
	 */
	public static void write(SseEmitter emitter, Writer writer) {
		try {
			writer.write();
			end(emitter::complete);
		}
		catch (InterruptedException _) {
			end(emitter::complete);
		}
		catch (IOException ex) {
			log.debug("The reader of a stream has left: {}", ex.toString());
		}
		catch (RuntimeException ex) {
			log.debug("A stream has ended early: {}", ex.toString());
			end(() -> emitter.completeWithError(ex));
		}
	}

	private static void end(Runnable ending) {
		try {
			ending.run();
		}
		catch (IllegalStateException ex) {
			log.debug("The container has ended a stream already: {}", ex.toString());
		}
	}

	/** Writes events one after the other. */
	@FunctionalInterface
	public interface Writer {

		/**
		 * Returns when nothing more is to be written.
		 * @throws IOException when the reader has left
		 * @throws InterruptedException when the stream is to end now
		 */
		void write() throws IOException, InterruptedException;

	}

}
