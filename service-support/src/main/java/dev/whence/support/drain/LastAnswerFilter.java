package dev.whence.support.drain;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/** Makes an answer the last of its connection while the service leaves. */
class LastAnswerFilter extends OncePerRequestFilter {

	private final Drain drain;

	LastAnswerFilter(Drain drain) {
		this.drain = drain;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		closeAfter(response);
		chain.doFilter(request, response);
		// It may have been told to leave in the meantime.
		closeAfter(response);
	}

	private void closeAfter(HttpServletResponse response) {
		if (this.drain.isDraining() && !response.isCommitted()) {
			response.setHeader("Connection", "close");
		}
	}

}
