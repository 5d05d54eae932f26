package dev.whence.support.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which path needs which scope, for all services on one page, so that it can be reviewed
 * as a whole. The first rule that matches decides; what no rule names needs
 * {@link Scope#ADMIN}, so that a forgotten path is closed rather than open.
 * <p>
 * Paths are compared with the pattern parser that also maps them to controllers: the two
 * cannot disagree about encoded or parameterised segments.
 */
final class AccessRules {

	private static final Set<String> ANY = Set.of();

	private static final Set<String> READS = Set.of("GET", "HEAD");

	private static final Set<String> POST = Set.of("POST");

	private static final Access OPEN = new Access.Open();

	private static final Access IDENTIFIED = new Access.Identified();

	private static final Access INGEST = new Access.Scoped(Scope.INGEST);

	private static final Access READ = new Access.Scoped(Scope.READ);

	private static final Access WRITE = new Access.Scoped(Scope.WRITE);

	private static final Access ADMIN = new Access.Scoped(Scope.ADMIN);

	private final List<Rule> rules;

	private AccessRules(List<Rule> rules) {
		this.rules = List.copyOf(rules);
	}

	/**
	 * The rules of Whence.
	 * @param anonymousPaths each a method and a path pattern, e.g.
	 * {@code POST /workflow/instrument}
	 * @throws IllegalArgumentException when one of them is not that
	 */
	static AccessRules allowing(List<String> anonymousPaths) {
		List<Rule> rules = new ArrayList<>();
		for (String path : List.of("/health", "/readiness", "/metrics", "/openapi.json", "/ingest/health",
				"/api/health", "/api/ping", "/.well-known/jwks.json", "/api/auth/jwks")) {
			rules.add(rule(READS, path, OPEN));
		}
		for (String path : List.of("/api/auth/register", "/api/auth/jwt/login", "/api/auth/jwt/refresh",
				// Whose signature is its credential.
				"/api/webhooks/github")) {
			rules.add(rule(POST, path, OPEN));
		}
		anonymousPaths.forEach((path) -> rules.add(anonymous(path)));
		rules.add(rule(READS, "/ingest/retention", READ));
		rules.add(rule(ANY, "/ingest/retention", ADMIN));
		rules.add(rule(ANY, "/ingest/**", INGEST));
		rules.add(rule(ANY, "/v1/**", INGEST));
		rules.add(rule(POST, "/api/v2/spans", INGEST));
		rules.add(rule(POST, "/api/v2/alerts", INGEST));
		rules.add(rule(POST, "/api/v2/alerts/webhook", INGEST));
		rules.add(rule(READS, "/api/v2/**", READ));
		rules.add(rule(READS, "/query/**", READ));
		// A question that is too long for a URL.
		rules.add(rule(POST, "/query/patterns/match", READ));
		// Tries rules on the past and changes nothing.
		rules.add(rule(POST, "/query/incidents/dry-run", READ));
		// Whoever deploys tells of it, with the key that sends the telemetry.
		rules.add(rule(POST, "/query/changes", INGEST));
		// Acting on incidents and problems changes what everybody in the project sees.
		rules.add(rule(ANY, "/query/**", WRITE));
		rules.add(rule(POST, "/debug/analyze/*", WRITE));
		rules.add(rule(READS, "/api/notifications/**", READ));
		rules.add(rule(READS, "/runs/**", READ));
		rules.add(rule(READS, "/steps", READ));
		rules.add(rule(READS, "/analyze/**", READ));
		rules.add(rule(READS, "/jaeger/**", READ));
		rules.add(rule(POST, "/api/auth/jwt/logout", IDENTIFIED));
		// What the console of whoever it is begins with; nothing of a project.
		rules.add(rule(ANY, "/api/users/me/**", IDENTIFIED));
		rules.add(rule(READS, "/api/config/**", READ));
		// Answers and keeps nothing.
		rules.add(rule(POST, "/api/config/validate/**", READ));
		rules.add(rule(POST, "/api/config/transpile/**", READ));
		rules.add(rule(POST, "/api/config/import/**", READ));
		rules.add(rule(ANY, "/api/config/**", WRITE));
		rules.add(rule(READS, "/api/build/**", READ));
		rules.add(rule(ANY, "/api/build/**", WRITE));
		rules.add(rule(ANY, "/workflow/usage/**", ADMIN));
		rules.add(rule(ANY, "/workflow/**", IDENTIFIED));
		return new AccessRules(rules);
	}

	Access decide(String method, PathContainer path) {
		for (Rule rule : this.rules) {
			if ((rule.methods().isEmpty() || rule.methods().contains(method)) && rule.pattern().matches(path)) {
				return rule.access();
			}
		}
		return ADMIN;
	}

	private static Rule anonymous(String text) {
		String[] parts = text.strip().split("\\s+");
		if (parts.length != 2 || !parts[1].startsWith("/")) {
			throw new IllegalArgumentException("whence.security.anonymous-paths: '" + text
					+ "' is not a method and a path, such as 'POST /workflow/instrument'");
		}
		return rule(Set.of(parts[0]), parts[1], new Access.Anonymous());
	}

	private static Rule rule(Set<String> methods, String pattern, Access access) {
		return new Rule(methods, PathPatternParser.defaultInstance.parse(pattern), access);
	}

	private record Rule(Set<String> methods, PathPattern pattern, Access access) {
	}

}
