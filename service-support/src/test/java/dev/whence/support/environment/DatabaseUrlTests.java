package dev.whence.support.environment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DatabaseUrlTests {

	@ParameterizedTest
	@ValueSource(strings = { "postgresql://ada:s%40crit@db:6000/whence?sslmode=require",
			"postgresql+asyncpg://ada:s%40crit@db:6000/whence?sslmode=require",
			"postgres://ada:s%40crit@db:6000/whence?sslmode=require" })
	void theFormsOfTheOriginalServicesBecomeJdbc(String text) {
		assertThat(DatabaseUrl.parse(text))
			.isEqualTo(new DatabaseUrl("jdbc:postgresql://db:6000/whence?sslmode=require", "ada", "s@crit"));
	}

	@Test
	void aJdbcUrlIsKeptAsItIs() {
		assertThat(DatabaseUrl.parse("jdbc:postgresql://db/whence?user=ada").asProperties())
			.containsOnly(java.util.Map.entry("spring.datasource.url", "jdbc:postgresql://db/whence?user=ada"));
	}

	@Test
	void anotherDatabaseIsRefusedWithTheFormsThatWork() {
		assertThatIllegalArgumentException().isThrownBy(() -> DatabaseUrl.parse("mysql://db/whence"))
			.withMessageContaining("postgresql://");
	}

	@Test
	void thePasswordIsNotPrinted() {
		assertThat(DatabaseUrl.parse("postgresql://ada:hidden@db/whence").toString()).doesNotContain("hidden");
		assertThat(DatabaseUrl.parse("jdbc:postgresql://db/w?password=hidden").toString()).doesNotContain("hidden");
	}

}
