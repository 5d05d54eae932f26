package dev.whence.testkit.redis;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@WithRedis
@SpringJUnitConfig
class RedisServerIT {

	@Value("${whence.redis.url}")
	String url;

	@Test
	void sharedServerAnswersAtTheUrlThatTheContextSees() throws IOException {
		assertThat(ping(this.url)).isEqualTo("+PONG");
	}

	@Test
	void pausedServerHangsAndResumedServerAnswers() throws IOException {
		try (RedisServer redis = RedisServer.start()) {
			redis.pause();
			assertThatThrownBy(() -> ping(redis.url())).isInstanceOf(SocketTimeoutException.class);
			redis.resume();
			assertThat(ping(redis.url())).isEqualTo("+PONG");
		}
	}

	@Test
	void killedServerRefusesUntilItIsRestartedAtTheSameUrl() {
		try (RedisServer redis = RedisServer.start()) {
			redis.kill();
			assertThatThrownBy(() -> ping(redis.url())).isInstanceOf(IOException.class);
			redis.restart();
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.ignoreExceptions()
				.until(() -> ping(redis.url()).equals("+PONG"));
		}
	}

	private static String ping(String url) throws IOException {
		URI uri = URI.create(url);
		try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
			socket.setSoTimeout(500);
			socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
			byte[] answer = new byte[7];
			int length = socket.getInputStream().readNBytes(answer, 0, answer.length);
			return new String(answer, 0, length, StandardCharsets.US_ASCII).strip();
		}
	}

}
