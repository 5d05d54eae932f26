package dev.whence.support.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** A container that refuses to be told of an end which it has seen is Tomcat's way. */
class EventStreamTests {

	private final Container container = new Container();

	@Test
	void aStreamThatHasSaidEverythingEnds() {
		EventStream.write(this.container, () -> this.container.send("all"));

		assertThat(this.container.heard).containsExactly("all", "complete");
	}

	@Test
	void aReaderWhoHasLeftIsNotToldOfAnEndAgain() {
		this.container.left = true;

		assertThatCode(() -> EventStream.write(this.container, () -> this.container.send("all")))
			.doesNotThrowAnyException();

		assertThat(this.container.heard).as("the container ends it").isEmpty();
	}

	@Test
	void aReaderWhoLeavesWhileTheStreamEndsDisturbsNobody() {
		assertThatCode(() -> EventStream.write(this.container, () -> this.container.left = true))
			.doesNotThrowAnyException();
		assertThatCode(() -> EventStream.write(this.container, () -> {
			throw new InterruptedException();
		})).doesNotThrowAnyException();
		assertThatCode(() -> EventStream.write(this.container, () -> {
			throw new IllegalArgumentException("a fault of ours");
		})).doesNotThrowAnyException();
	}

	@Test
	void aStreamThatIsToEndNowEndsProperly() {
		EventStream.write(this.container, () -> {
			throw new InterruptedException();
		});

		assertThat(this.container.heard).containsExactly("complete");
	}

	@Test
	void aFaultOfOursEndsTheStreamWithIt() {
		EventStream.write(this.container, () -> {
			throw new IllegalArgumentException("no such event");
		});

		assertThat(this.container.heard).containsExactly("error: no such event");
	}

	private static final class Container extends SseEmitter {

		private final List<String> heard = new ArrayList<>();

		private boolean left;

		@Override
		public void send(Object object) throws IOException {
			if (this.left) {
				throw new IOException("Broken pipe");
			}
			this.heard.add(object.toString());
		}

		@Override
		public void complete() {
			refuseIfLeft();
			this.heard.add("complete");
		}

		@Override
		public void completeWithError(Throwable ex) {
			refuseIfLeft();
			this.heard.add("error: " + ex.getMessage());
		}

		private void refuseIfLeft() {
			if (this.left) {
				throw new IllegalStateException("A thread of the application used the context after an error");
			}
		}

	}

}
