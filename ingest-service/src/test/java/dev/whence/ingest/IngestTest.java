package dev.whence.ingest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.whence.testkit.postgres.WithPostgres;

import org.springframework.boot.test.context.SpringBootTest;

/** The whole service on a PostgreSQL of its own, open to everybody. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithPostgres
@SpringBootTest(classes = IngestApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.name=application,ingest-service", "whence.wire.kind=in-process",
				"whence.security.mode=open", "whence.ingest.intake.max-body=4MB",
				// Every test wants to see what it did.
				"whence.ingest.rejected.per-project=6000", "whence.ingest.rejected.per-minute=6000" })
public @interface IngestTest {

}
