package dev.whence.support.security;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes every request for project 1 with all scopes, whatever key it carries. Whoever has
 * signed in all the same is known by name, and may no less than everybody else.
 */
final class OpenModeFilter extends OncePerRequestFilter {

	private final Supplier<List<CredentialVerifier>> verifiers;

	/**
	 * @param verifiers asked for with the first token, which most installations of this
	 * mode never see
	 */
	OpenModeFilter(Supplier<List<CredentialVerifier>> verifiers) {
		this.verifiers = verifiers;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		request.setAttribute(CredentialFilter.ATTRIBUTE, credential(request));
		chain.doFilter(request, response);
	}

	private Credential credential(HttpServletRequest request) {
		try {
			return CredentialFilter.presented(request)
				.filter(TokenCredentialVerifier::isToken)
				.flatMap(this::holder)
				.orElse(Credential.OPEN);
		}
		catch (ProblemException _) {
			// Nothing that a request carries is a reason to refuse it here.
			return Credential.OPEN;
		}
	}

	private Optional<Credential> holder(String token) {
		return this.verifiers.get()
			.stream()
			.flatMap((verifier) -> verifier.verify(token).stream())
			.findFirst()
			.map((known) -> new Credential(ProjectId.DEFAULT, Credential.OPEN.scopes(), known.name(), known.holder()));
	}

}
