package dev.whence.control.account;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.support.security.Credential;
import dev.whence.support.security.Holder;
import dev.whence.support.security.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Asks the database once more before anything is changed here. What was remembered of a
 * credential may be half a minute old; a right that was taken away since, and is used to
 * make a key, a member or an invitation, would outlive its end by that.
 */
@Configuration(proxyBeanMethods = false)
class PresentRights implements WebMvcConfigurer, HandlerInterceptor {

	private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

	private final JdbcClient jdbc;

	PresentRights(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (!READS.contains(request.getMethod())
				&& request.getAttribute(Credential.class.getName()) instanceof Credential caller && !stands(caller)) {
			throw new ProblemException(ProblemCode.UNAUTHENTICATED,
					"What this credential may do has changed; sign in again, or use another key");
		}
		return true;
	}

	private boolean stands(Credential caller) {
		return switch (caller.holder()) {
			case Holder.Account(UUID account, UUID session) ->
				isSignedIn(account, session) && hasRights(account, caller);
			case Holder.Key(long id, Integer _) ->
				this.jdbc.sql("select exists (select from control.active_api_key where id = :id)")
					.param("id", id)
					.query(Boolean.class)
					.single();
			case Holder.Operator _, Holder.Anonymous _ -> true;
		};
	}

	private boolean isSignedIn(UUID account, @Nullable UUID session) {
		return session == null || this.jdbc.sql("""
				select exists (select from control.active_session
				                where session_id = :session and account_id = :account)
				""").param("session", session).param("account", account).query(Boolean.class).single();
	}

	private boolean hasRights(UUID account, Credential caller) {
		if (caller.scopes().isEmpty()) {
			return true;
		}
		Optional<Role> role = this.jdbc.sql("""
				select role from control.active_member where account_id = :account and project_id = :project
				""")
			.param("account", account)
			.param("project", caller.project().value())
			.query(String.class)
			.optional()
			.flatMap(Role::named);
		return role.isPresent() && role.get().scopes().containsAll(caller.scopes());
	}

}
