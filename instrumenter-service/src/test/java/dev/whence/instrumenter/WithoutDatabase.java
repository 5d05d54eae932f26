package dev.whence.instrumenter;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;

/** The whole service, with a database that is down from the start. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = InstrumenterApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.name=application,instrumenter-service", "whence.security.mode=open",
				"spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none",
				"spring.datasource.hikari.connection-timeout=250", "whence.instrumenter.workflow.max-body=1MB",
				"whence.instrumenter.usage.retry=100ms", "logging.level.root=ERROR" })
public @interface WithoutDatabase {

}
