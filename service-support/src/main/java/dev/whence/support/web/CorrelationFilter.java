package dev.whence.support.web;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.MDC;

import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every request its {@link CorrelationId}, for the logs and for the response. */
class CorrelationFilter extends OncePerRequestFilter {

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		CorrelationId id = CorrelationId.from(request::getHeader);
		request.setAttribute(CorrelationId.class.getName(), id);
		response.setHeader(CorrelationId.HEADER, id.value());
		try (var _ = MDC.putCloseable(CorrelationId.MDC_KEY, id.value())) {
			chain.doFilter(request, response);
		}
	}

}
