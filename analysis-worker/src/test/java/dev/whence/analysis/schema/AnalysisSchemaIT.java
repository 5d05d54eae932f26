package dev.whence.analysis.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import dev.whence.analysis.job.JobsByHand;
import dev.whence.testkit.postgres.WithPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.MOCK,
		properties = { "spring.config.name=application,analysis-worker", "whence.wire.kind=in-process",
				"whence.analysis.lock.kind=in-process", "whence.security.mode=open" })
@Import(JobsByHand.class)
@WithPostgres
class AnalysisSchemaIT {

	@Autowired
	private Flyway flyway;

	@Autowired
	private DataSource pool;

	@Test
	void aMigrationTakesTheTimeThatItNeedsAndNoOtherStatementDoes() throws SQLException {
		assertThat(statementTimeout(this.flyway.getConfiguration().getDataSource())).isEqualTo("0");
		assertThat(statementTimeout(this.pool)).isEqualTo("10s");
	}

	private static String statementTimeout(DataSource source) throws SQLException {
		try (Connection connection = source.getConnection();
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("show statement_timeout")) {
			result.next();
			return result.getString(1);
		}
	}

}
