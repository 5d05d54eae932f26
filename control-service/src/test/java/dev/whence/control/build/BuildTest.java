package dev.whence.control.build;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.whence.control.ControlTest;
import dev.whence.control.build.github.GitHubTwin;

import org.springframework.test.context.TestPropertySource;
import org.springframework.context.annotation.Import;

/**
 * The whole service beside a twin of GitHub, with little patience.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ControlTest
@Import(TwinConfiguration.class)
@TestPropertySource(properties = { "whence.builds.github.token=" + GitHubTwin.TOKEN,
		"whence.builds.github.repository=" + GitHubTwin.REPOSITORY, "whence.builds.github.correlation-input=",
		"whence.builds.github.webhook-secret=" + BuildTest.WEBHOOK_SECRET,
		"whence.builds.github.allowed-networks=127.0.0.0/8", "whence.builds.github.time-limit=2s",
		"whence.builds.github.read-attempts=2", "whence.builds.poll-every=300ms", "whence.builds.look=50ms",
		"whence.builds.look-for=2s", "whence.builds.lease=3s", "whence.builds.heartbeat=300ms",
		"whence.builds.give-up-after=20s", "whence.builds.service=image-builder",
		"whence.security.anonymous-paths=POST /api/webhooks/github" })
public @interface BuildTest {

	/** What GitHub signs with. */
	String WEBHOOK_SECRET = "webhook-secret-of-the-tests";

}
