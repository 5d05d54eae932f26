package dev.whence.support.problem;

import java.io.IOException;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemAdviceTests {

	private final ProblemAdvice advice = new ProblemAdvice(new ProblemWriter(new JsonMapper()), List.of());

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(ProblemAdvice.class);

	@BeforeEach
	void listen() {
		this.lines.start();
		this.logger.addAppender(this.lines);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.lines);
	}

	@Test
	void manyRefusalsForOneReasonAreOneLineAndEachIsAnswered() throws IOException {
		for (int i = 0; i < 100; i++) {
			assertThat(answer(ProblemCode.OVERLOADED)).isEqualTo(503);
		}
		assertThat(answer(ProblemCode.DEPENDENCY_UNAVAILABLE)).isEqualTo(503);
		assertThat(this.lines.list).extracting(ILoggingEvent::getFormattedMessage).hasSize(2);
	}

	@Test
	void aCallersMistakeIsNoLine() throws IOException {
		assertThat(answer(ProblemCode.MALFORMED_BODY)).isEqualTo(400);
		assertThat(this.lines.list).isEmpty();
	}

	private int answer(ProblemCode code) throws IOException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.advice.handle(new ProblemException(code, "for a test"), new MockHttpServletRequest("POST", "/v1/logs"),
				response);
		return response.getStatus();
	}

}
