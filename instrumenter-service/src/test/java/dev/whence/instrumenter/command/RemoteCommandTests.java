package dev.whence.instrumenter.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.whence.instrumenter.WithoutDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@WithoutDatabase
class RemoteCommandTests {

	@LocalServerPort
	private int port;

	@Test
	void serverAndEngineSayTheSame(@TempDir Path folder) throws Exception {
		Path file = Files.writeString(folder.resolve("a.yaml"),
				"kind: Pod\nspec:\n  containers:\n  - {name: c, image: team/app}\n  - {name: d, image: team/b-node}\n");
		String server = "http://127.0.0.1:" + this.port;
		assertThat(run(file.toString(), "--diff", "--language", "python", "--server", server))
			.isEqualTo(run(file.toString(), "--diff", "--language", "python"))
			.contains("container-names: 'c'")
			.contains("(d)");
		Files.writeString(file, "a: [");
		assertThat(run(file.toString(), "--server", server)).contains("line 1");
		assertThat(run(file.toString(), "--server", "http://127.0.0.1:1")).contains("the server cannot be asked");
	}

	private static String run(String... args) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
		InstrumentCommand.run(stream, stream, args);
		return out.toString(StandardCharsets.UTF_8);
	}

}
