package dev.whence.control;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.whence.testkit.postgres.WithPostgres;

import org.springframework.boot.test.context.SpringBootTest;

/**
 * The whole service on a PostgreSQL of its own; keys are remembered for a moment only.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithPostgres
@SpringBootTest(classes = ControlApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.name=application,control-service", "whence.wire.kind=in-process",
				"whence.security.bootstrap-key=" + ControlApi.BOOTSTRAP_KEY, "whence.security.key-cache-time=100ms",
				"whence.security.unknown-key-cache-time=0s", "whence.control.token.secret-key=" + ControlApi.SECRET_KEY,
				"logging.level.root=WARN" })
public @interface ControlTest {

}
