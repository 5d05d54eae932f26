package dev.whence.query;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.whence.testkit.postgres.WithPostgres;

import org.springframework.boot.test.context.SpringBootTest;

/**
 * The whole service on a PostgreSQL of its own, started as in production, with a
 * bootstrap key instead of the control service.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithPostgres
@SpringBootTest(classes = QueryApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.name=application,query-service", "whence.security.bootstrap-key=" + QueryApi.KEY,
				"logging.level.root=WARN" })
public @interface QueryTest {

}
