package dev.whence.support.environment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DatabaseUrlTests {

	@ParameterizedTest
	@ValueSource(strings = { "postgresql://ada:s%40crit@db:6000/whence?sslmode=require",
			"postgresql+asyncpg://ada:s%40crit@db:6000/whence?sslmode=require",
			"postgres://ada:s%40crit@db:6000/whence?sslmode=require" })
	void theFormsOfTheOriginalServicesBecomeJdbc(String text) {
		assertThat(DatabaseUrl.parse(text))
			.isEqualTo(new DatabaseUrl("jdbc:postgresql://db:6000/whence?sslmode=require", "ada", "s@crit", ""));
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

	@ParameterizedTest
	@ValueSource(strings = { "postgresql://ada:S3kr%t@db/whence", "postgresql://ada:S3kr^t@db/whence",
			"postgresql://ada:S3kr[t]@db/whence", "postgresql://ada:S3kr t@db/whence",
			"postgresql://ada:S3kr@t@db/whence", "postgresql://ada:S3kr#t@db/whence",
			"postgresql://ada:S3kr/t@db/whence", "postgresql://ada:S3kr?t@db/whence",
			"postgresql://ada:12/S3kr@db/whence", "postgresql://ada:12?S3kr@db/whence",
			"postgresql://ada:S3kr%@db/whence", "postgresql://ada:S3krt@", "S3krt",
			"postgresql://ada:S3krt@/whence?host=/run/postgresql", "postgresql://db/whence?password=S3kr%t",
			"postgresql://ada:S3krt@db/whence?sslmode=S3kr", "postgresql://ada:S3krt@db/whence?unknown=S3kr",
			"jdbc:postgresql://db/whence?password=S3kr%t", "mysql://ada:S3krt@db/whence" })
	void whatCannotBeReadIsRefusedWithoutTellingIt(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> DatabaseUrl.parse(text))
			.withNoCause()
			.withMessageContaining("DATABASE_URL")
			.satisfies((refusal) -> assertThat(refusal.getMessage()).doesNotContain("S3kr"));
	}

	@ParameterizedTest
	@CsvSource({ "ssl=require, sslmode=require", "ssl=verify-full, sslmode=verify-full",
			"ssl=true, sslmode=verify-full", "ssl=false, sslmode=disable",
			"sslmode=verify-ca&sslrootcert=/ca.pem, sslmode=verify-ca&sslrootcert=/ca.pem",
			"application_name=shop&connect_timeout=3, ApplicationName=shop&connectTimeout=3",
			"target_session_attrs=read-write, targetServerType=primary", "loginTimeout=3, loginTimeout=3" })
	void theOptionsOfLibpqAndAsyncpgMeanWhatTheySay(String option, String meaning) {
		assertThat(DatabaseUrl.parse("postgresql+asyncpg://ada:secret@db/whence?" + option).jdbcUrl())
			.isEqualTo("jdbc:postgresql://db/whence?" + meaning);
	}

	@Test
	void everyOptionOfTheDriverIsTaken() {
		for (PGProperty property : PGProperty.values()) {
			if (!property.getName().startsWith("PG")) {
				assertThat(DatabaseUrl.parse("postgresql://db/whence?" + property.getName() + "=require").jdbcUrl())
					.as(property.getName())
					.startsWith("jdbc:postgresql://db/whence");
			}
		}
	}

	@Test
	void thePasswordOfAKeyIsNotPartOfWhatIsLogged() {
		for (String scheme : new String[] { "postgresql", "jdbc:postgresql" }) {
			DatabaseUrl url = DatabaseUrl.parse(scheme + "://db/whence?sslkey=/key.pk8&sslpassword=hid%20den");
			assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db/whence?sslkey=/key.pk8");
			assertThat(url.asProperties()).containsEntry("spring.datasource.hikari.data-source-properties.sslpassword",
					"hid den");
		}
	}

	@Test
	void whatOnlyPythonNeedsToKnowIsLeftOut() {
		assertThat(DatabaseUrl.parse("postgresql+asyncpg://db/whence?prepared_statement_cache_size=0").jdbcUrl())
			.isEqualTo("jdbc:postgresql://db/whence");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "postgres_db:5432 | postgres_db:5432", "h1:5432,h2:5433 | h1:5432,h2:5433",
			"[::1]:5432 | [::1]:5432", "10.0.0.7 | 10.0.0.7", "db.example. | db.example." })
	void hostsMayHaveUnderscoresAndBeSeveral(String hosts, String jdbc) {
		assertThat(DatabaseUrl.parse("postgresql://ada:p%40ss@" + hosts + "/whence"))
			.isEqualTo(new DatabaseUrl("jdbc:postgresql://" + jdbc + "/whence", "ada", "p@ss", ""));
	}

	@Test
	void credentialsAmongTheOptionsAreNotPartOfWhatIsLogged() {
		assertThat(DatabaseUrl.parse("postgresql://db/whence?user=ada&password=p%40ss"))
			.isEqualTo(new DatabaseUrl("jdbc:postgresql://db/whence", "ada", "p@ss", ""));
		assertThat(DatabaseUrl.parse("jdbc:postgresql://db/w?user=ada&password=hidden&ssl=true"))
			.isEqualTo(new DatabaseUrl("jdbc:postgresql://db/w?user=ada&ssl=true", "", "hidden", ""));
	}

}
