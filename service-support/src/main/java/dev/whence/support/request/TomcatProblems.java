package dev.whence.support.request;

import dev.whence.support.problem.ProblemWriter;
import org.apache.catalina.Container;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/**
 * Makes Tomcat's own answers problems like all others, and lets through what only looks
 * dangerous: an encoded slash in a path is a character of an id. It stays encoded, so
 * that it never separates segments, neither for the access rules nor for controllers.
 */
final class TomcatProblems implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, Ordered {

	private final ProblemWriter problems;

	TomcatProblems(ProblemWriter problems) {
		this.problems = problems;
	}

	@Override
	public void customize(ConfigurableTomcatWebServerFactory factory) {
		factory.addContextCustomizers((context) -> reportThrough(context.getParent()));
		factory.addConnectorCustomizers((connector) -> {
			connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
			connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
			// Refused by name behind it: Tomcat could only say that something is wrong.
			connector.setProperty("relaxedQueryChars", "[]{}|\\^`\"<>");
		});
	}

	private void reportThrough(Container parent) {
		if (parent instanceof StandardHost host) {
			host.getPipeline().addValve(new ProblemReportValve(this.problems));
			// So that the host adds no valve of its own.
			host.setErrorReportValveClass(ProblemReportValve.class.getName());
		}
	}

	/** After Spring Boot's, whose valve then finds the answer given. */
	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

}
