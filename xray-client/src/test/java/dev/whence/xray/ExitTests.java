package dev.whence.xray;

import java.util.List;

import dev.whence.xray.ChildJvm.Ended;
import dev.whence.xray.IngestServer.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Processes that end without closing the client. */
class ExitTests {

	private final IngestServer server = new IngestServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource({ "exits, 3", "returns, 0", "throws, 1" })
	void everythingArrivesHoweverTheApplicationEnds(String way, int status) throws Exception {
		Ended ended = end(this.server.endpoint(), way);

		assertThat(ended.status()).as(ended.output()).isEqualTo(status);
		assertThat(this.server.data("run_complete")).hasSize(1000);
		assertThat(this.server.data("run_complete").get(999).path("name").asString()).isEqualTo("run 999");
	}

	@Test
	void everythingArrivesFromAnOverloadedServerToo() throws Exception {
		this.server.replies(Reply.of(503).retryAfter("1"));

		assertThat(end(this.server.endpoint(), "exits").status()).isEqualTo(ExitingApplication.STATUS);
		assertThat(this.server.data("run_complete")).hasSize(1000);
	}

	@Test
	void anAbsentServerChangesNothingForTheApplication() throws Exception {
		Ended ended = end(IngestServer.endpoint(IngestServer.unusedPort()), "exits");

		assertThat(ended.status()).as(ended.output()).isEqualTo(ExitingApplication.STATUS);
	}

	private static Ended end(String endpoint, String way) throws Exception {
		return ChildJvm.java(endpoint, List.of(ChildJvm.client(), ChildJvm.location(ExitingApplication.class)),
				ExitingApplication.class.getName(), way, "1000");
	}

}
