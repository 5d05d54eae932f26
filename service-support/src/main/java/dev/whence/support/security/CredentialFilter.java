package dev.whence.support.security;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.support.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Lets a request through only with a credential that its path asks for. Runs before the
 * body is read. The project comes from the key alone; no header names it.
 */
final class CredentialFilter extends OncePerRequestFilter {

	/** The request attribute that holds the {@link Credential}. */
	static final String ATTRIBUTE = Credential.class.getName();

	static final String API_KEY_HEADER = "X-Api-Key";

	/**
	 * Tells the gateway, which hands it to nobody, how many requests a minute the key may
	 * be used for.
	 */
	static final String QUOTA_HEADER = "X-Internal-Quota";

	private static final String NO_QUOTA = "none";

	/** Scopes for what may outlive the credential; telemetry is only ever added. */
	private static final Set<Scope> CHANGES = Set.of(Scope.WRITE, Scope.ADMIN);

	private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

	private static final String BEARER = "Bearer ";

	private final AccessRules rules;

	private final List<CredentialVerifier> verifiers;

	private final ProblemWriter problems;

	CredentialFilter(AccessRules rules, List<CredentialVerifier> verifiers, ProblemWriter problems) {
		this.rules = rules;
		this.verifiers = List.copyOf(verifiers);
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			Credential credential = admit(request);
			if (credential != null) {
				request.setAttribute(ATTRIBUTE, credential);
				tellQuota(credential, response);
			}
		}
		catch (ProblemException refusal) {
			this.problems.write(request, response, refusal);
			return;
		}
		chain.doFilter(request, response);
	}

	// A preflight asks whether it may ask; browsers send it without credentials and
	// Spring MVC never hands it to a controller.
	private @Nullable Credential admit(HttpServletRequest request) {
		if (CorsUtils.isPreFlightRequest(request)) {
			return null;
		}
		PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
		return switch (this.rules.decide(request.getMethod(), path)) {
			case Access.Open _ -> null;
			case Access.Anonymous _ -> presented(request).map((token) -> verify(token, CredentialVerifier::verify))
				.orElse(Credential.ANONYMOUS);
			case Access.Identified _ -> identify(request, isChange(request));
			case Access.Scoped(Scope scope) ->
				requireScope(identify(request, isChange(request) && CHANGES.contains(scope)), scope);
		};
	}

	private static boolean isChange(HttpServletRequest request) {
		return !READS.contains(request.getMethod());
	}

	private static void tellQuota(Credential credential, HttpServletResponse response) {
		if (credential.holder() instanceof Holder.Key key) {
			Integer quota = key.requestsPerMinute();
			response.setHeader(QUOTA_HEADER, (quota != null) ? quota.toString() : NO_QUOTA);
		}
	}

	private Credential identify(HttpServletRequest request, boolean asOfNow) {
		String token = presented(request).orElseThrow(() -> new ProblemException(ProblemCode.UNAUTHENTICATED,
				"Send an API key or a token as 'Authorization: Bearer <key>', or a key as 'X-Api-Key: <key>'"));
		return verify(token, asOfNow ? CredentialVerifier::verifyNow : CredentialVerifier::verify);
	}

	private Credential verify(String token, BiFunction<CredentialVerifier, String, Optional<Credential>> way) {
		for (CredentialVerifier verifier : this.verifiers) {
			Optional<Credential> credential = way.apply(verifier, token);
			if (credential.isPresent()) {
				return credential.get();
			}
		}
		throw new ProblemException(ProblemCode.UNAUTHENTICATED, "The API key or token is unknown, revoked or expired");
	}

	private static Credential requireScope(Credential credential, Scope scope) {
		if (!credential.allows(scope)) {
			throw new ProblemException(ProblemCode.FORBIDDEN,
					"This path needs the scope '" + scope.wireName() + "', which the credential does not have");
		}
		return credential;
	}

	// Two different tokens are refused rather than ranked: the gateway and a service
	// must never see two different senders in one request.
	static Optional<String> presented(HttpServletRequest request) {
		Set<String> tokens = new LinkedHashSet<>();
		for (String value : values(request, HttpHeaders.AUTHORIZATION)) {
			if (!value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
				throw new ProblemException(ProblemCode.UNAUTHENTICATED,
						"The Authorization header must be 'Bearer <key>'");
			}
			tokens.add(value.substring(BEARER.length()).strip());
		}
		values(request, API_KEY_HEADER).forEach((value) -> tokens.add(value.strip()));
		if (tokens.size() > 1) {
			throw new ProblemException(ProblemCode.UNAUTHENTICATED, "The request carries more than one credential");
		}
		return tokens.stream().findFirst();
	}

	private static List<String> values(HttpServletRequest request, String header) {
		List<String> values = new ArrayList<>();
		Enumeration<String> headers = request.getHeaders(header);
		headers.asIterator().forEachRemaining(values::add);
		return values;
	}

}
