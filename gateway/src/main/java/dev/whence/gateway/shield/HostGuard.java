package dev.whence.gateway.shield;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Refuses requests for a host that is not this machine, where nobody has to say who they
 * are: a page whose name the attacker's DNS has just pointed at loopback (DNS rebinding)
 * is same-origin to the browser, and only the name in {@code Host} gives it away. Clients
 * that send no {@code Host} are no browsers.
 */
public final class HostGuard implements WebFilter {

	private static final String ANY = "*";

	private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

	/** RFC 6761, section 6.3, and RFC 1122, section 3.2.1.3. */
	private static final Pattern LOOPBACK = Pattern
		.compile("localhost\\.?|(?:[a-z0-9-]+\\.)+localhost\\.?|127(?:\\.\\d{1,3}){3}"
				+ "|\\[(?:::1|::ffff:127(?:\\.\\d{1,3}){3})]");

	private static final int LONGEST_NAME = 253;

	private final boolean off;

	private final Set<String> allowed;

	HostGuard(SecurityMode security) {
		List<String> hosts = security.hosts().stream().map((host) -> host.strip().toLowerCase(Locale.ROOT)).toList();
		this.off = security.isRequired() || hosts.contains(ANY);
		this.allowed = hosts.stream().filter((host) -> !host.isEmpty()).collect(Collectors.toUnmodifiableSet());
	}

	/** Whether a request that names this host is served. */
	public boolean allows(@Nullable String host) {
		if (this.off || host == null) {
			return true;
		}
		String name = PORT.matcher(host.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
		return LOOPBACK.matcher(name).matches() || this.allowed.contains(name);
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String host = exchange.getRequest().getHeaders().getFirst(HttpHeaders.HOST);
		return allows(host) ? chain.filter(exchange) : Mono.error(refusal(String.valueOf(host)));
	}

	private static ProblemException refusal(String host) {
		String name = PORT.matcher(host.strip()).replaceFirst("");
		String shown = name.substring(0, Math.min(name.length(), LONGEST_NAME));
		return new ProblemException(ProblemCode.FORBIDDEN, "The Host '" + shown
				+ "' is no name of the loopback interface, and no credential is asked for here: set WHENCE_HOSTS to "
				+ "the names to serve, separated by commas, or WHENCE_SECURITY_MODE=required");
	}

}
