package dev.whence.support.request;

import java.io.IOException;

import dev.whence.model.ProblemException;
import dev.whence.support.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a query that cannot be read as it was meant, with 400 and the parameter's name,
 * before anybody asks for a parameter: Tomcat decodes all of them at the first question
 * and then fails wherever that happens to be.
 */
final class QueryStringFilter extends OncePerRequestFilter {

	private final ProblemWriter problems;

	QueryStringFilter(ProblemWriter problems) {
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String query = request.getQueryString();
		try {
			if (query != null) {
				QueryString.check(query);
			}
		}
		catch (ProblemException refusal) {
			this.problems.write(request, response, refusal);
			return;
		}
		chain.doFilter(request, response);
	}

}
