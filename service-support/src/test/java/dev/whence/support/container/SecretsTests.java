package dev.whence.support.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsTests {

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	@TempDir
	Path temporary;

	private Path folder;

	private Path reader;

	@BeforeEach
	void makeFolders() throws IOException {
		this.folder = Files.createDirectory(this.temporary.resolve("secrets"));
		this.reader = Files.createDirectory(this.temporary.resolve("reader"));
	}

	@Test
	void theFirstStartMakesSecretsAndLaterOnesKeepThem() throws IOException {
		assertThat(write(Map.of(), "password={DATABASE_PASSWORD}", "key={SECRET_KEY:base64}")).isZero();
		String password = read("password");
		assertThat(password).matches("[0-9a-f]{48}");
		assertThat(Base64.getDecoder().decode(read("key"))).hasSize(32);

		assertThat(write(Map.of("DATABASE_PASSWORD", "another"), "password={DATABASE_PASSWORD}")).isZero();
		assertThat(read("password")).isEqualTo(password);
	}

	@Test
	void allReadersOfASecretGetTheSame() throws IOException {
		write(Map.of(), "password={DATABASE_PASSWORD}", "url=postgresql://whence:{DATABASE_PASSWORD}@postgres/whence");
		assertThat(read("url")).isEqualTo("postgresql://whence:" + read("password") + "@postgres/whence");
	}

	@Test
	void noTwoInstallationsHaveTheSameSecret() throws IOException {
		write(Map.of(), "one={ONE}", "two={TWO}");
		assertThat(read("one")).isNotEqualTo(read("two"));
	}

	@Test
	void whoeverHasASecretAlreadyBringsIt() throws IOException {
		write(Map.of("DATABASE_PASSWORD", " $1\\old ", "EMPTY", ""), "password={DATABASE_PASSWORD}", "empty={EMPTY}");
		assertThat(read("password")).isEqualTo("$1\\old");
		assertThat(read("empty")).hasSize(48);
	}

	@Test
	void whatACutShortStartLeftIsCompleted() throws IOException {
		Files.writeString(this.folder.resolve(".DATABASE_PASSWORD"), "half");
		Files.writeString(this.reader.resolve(".password"), "half");
		assertThat(write(Map.of(), "password={DATABASE_PASSWORD}")).isZero();
		assertThat(read("password")).hasSize(48);
		assertThat(this.reader).isDirectoryNotContaining("glob:**/.*");
	}

	@Test
	void onlyTheOwnerReadsTheSecretsThemselves() throws IOException {
		write(Map.of(), "password={DATABASE_PASSWORD}");
		assertThat(
				PosixFilePermissions.toString(Files.getPosixFilePermissions(this.folder.resolve("DATABASE_PASSWORD"))))
			.isEqualTo("r--------");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.reader.resolve("password"))))
			.isEqualTo("r--r--r--");
	}

	@Test
	void oneIsShownWhenItIsAskedForAndNoneOtherwise() throws IOException {
		write(Map.of(), "key={WHENCE_BOOTSTRAP_KEY}");
		assertThat(this.output.toString(StandardCharsets.UTF_8)).isEmpty();
		assertThat(run(Map.of(), this.folder.toString(), "show", "WHENCE_BOOTSTRAP_KEY")).isZero();
		assertThat(this.output.toString(StandardCharsets.UTF_8).strip()).isEqualTo(read("key"));
		assertThat(run(Map.of(), this.folder.toString(), "show", "../reader/key")).isEqualTo(1);
		assertThat(run(Map.of(), this.folder.toString(), "show", "UNKNOWN")).isEqualTo(1);
	}

	@Test
	void aFolderThatIsMissingIsAFailure() {
		assertThat(write(Map.of(), "missing/password={DATABASE_PASSWORD}")).isEqualTo(1);
		assertThat(run(Map.of(), this.folder.toString(), "write")).isEqualTo(1);
		assertThat(run(Map.of(), this.folder.toString(), "write", "no assignment")).isEqualTo(1);
	}

	private int write(Map<String, String> environment, String... files) {
		String[] args = new String[files.length + 2];
		args[0] = this.folder.toString();
		args[1] = "write";
		for (int i = 0; i < files.length; i++) {
			args[i + 2] = this.reader.resolve(files[i].substring(0, files[i].indexOf('=')))
					+ files[i].substring(files[i].indexOf('='));
		}
		return run(environment, args);
	}

	private int run(Map<String, String> environment, String... args) {
		return Secrets.run(args, environment, new PrintStream(this.output, true, StandardCharsets.UTF_8));
	}

	private String read(String file) throws IOException {
		return Files.readString(this.reader.resolve(file));
	}

}
