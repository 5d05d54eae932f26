package dev.whence.standalone.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SecretKeyFileTests {

	@TempDir
	Path data;

	@Test
	void aKeyIsMadeOnceAndForItsOwnerAlone() throws IOException {
		String key = SecretKeyFile.in(this.data).read();
		assertThat(Base64.getDecoder().decode(key)).hasSize(32);
		assertThat(SecretKeyFile.in(this.data).read()).isEqualTo(key);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.data.resolve("notification.key"))))
			.isEqualTo("rw-------");
		assertThat(this.data.toFile().list()).containsExactly("notification.key");
	}

	@Test
	void everyInstallationHasItsOwn(@TempDir Path other) {
		assertThat(SecretKeyFile.in(this.data).read()).isNotEqualTo(SecretKeyFile.in(other).read());
	}

}
