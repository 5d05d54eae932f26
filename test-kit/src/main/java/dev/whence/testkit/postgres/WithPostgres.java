package dev.whence.testkit.postgres;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;

/**
 * Gives a Spring test an empty PostgreSQL database of its own: every application context
 * gets a new one, tests that share a context share it. Boot's data source connects to it
 * whatever {@code spring.datasource.url} says.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import(PostgresConfiguration.class)
public @interface WithPostgres {

}
