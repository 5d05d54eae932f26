package dev.whence.control.token;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.whence.control.account.Account;
import dev.whence.control.account.Accounts;
import dev.whence.control.account.Secret;
import dev.whence.control.audit.Actor;
import dev.whence.control.audit.Audit;
import dev.whence.control.throttle.ClientAddress;
import dev.whence.control.throttle.Tries;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.support.security.Credential;
import dev.whence.support.security.Holder;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Lets people in, further and out. */
@Service
class SignIns {

	/** What clients know, for a wrong password and an unknown account alike. */
	private static final String WRONG = "LOGIN_BAD_CREDENTIALS";

	private final Accounts accounts;

	private final Sessions sessions;

	private final AccessTokens tokens;

	private final Tries tries;

	private final Audit audit;

	private final TransactionOperations transactions;

	private final SigningProperties properties;

	SignIns(Accounts accounts, Sessions sessions, AccessTokens tokens, Tries tries, Audit audit,
			TransactionOperations transactions, SigningProperties properties) {
		this.accounts = accounts;
		this.sessions = sessions;
		this.tokens = tokens;
		this.tries = tries;
		this.audit = audit;
		this.transactions = transactions;
		this.properties = properties;
	}

	/** How long to wait before the next try; zero to go on. */
	Duration charge(String email, ClientAddress address) {
		return this.tries.signIn(email, address, () -> this.sessions.isKnown(email, address));
	}

	/**
	 * Begins a session.
	 * @throws ProblemException {@code REFUSED} in one text for whatever was wrong
	 */
	TokenAnswer signIn(String email, String password, ClientAddress address) {
		Optional<Account> account = this.accounts.authenticate(email, password);
		if (account.isEmpty()) {
			// Not what was typed: people type their password there.
			this.transactions.executeWithoutResult((status) -> this.audit.record(Actor.ANONYMOUS, ProjectId.DEFAULT,
					"session.refused", "address", address.value(), Map.of()));
			throw new ProblemException(ProblemCode.REFUSED, WRONG);
		}
		this.tries.signedIn(email, address);
		return answer(this.transactions.execute((status) -> begin(account.get(), address)));
	}

	private Renewed begin(Account account, ClientAddress address) {
		Renewed begun = this.sessions.begin(account, address);
		this.accounts.signedIn(account);
		this.audit.record(Actor.account(account.id(), account.email()), ProjectId.DEFAULT, "session.begun", "session",
				begun.session(), Map.of("address", address.value()));
		return begun;
	}

	/**
	 * Goes on with a session.
	 * @param project the one to go on in; null for the one it was
	 * @throws ProblemException {@code UNAUTHENTICATED} when the token is good no more,
	 * {@code NOT_FOUND} when the account is no member of the project
	 */
	TokenAnswer refresh(Secret token, @Nullable Integer project) {
		return switch (this.sessions.refresh(token, project)) {
			case Renewed renewed -> answer(renewed);
			case Refresh.NoMember _ -> throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such project");
			case Refresh.Refused _ -> throw new ProblemException(ProblemCode.UNAUTHENTICATED,
					"The refresh token is unknown, used or expired; sign in again");
		};
	}

	/** Ends the session of the token that the caller has. */
	void signOut(Credential caller) {
		if (!(caller.holder() instanceof Holder.Account(UUID account, UUID session)) || session == null) {
			throw new ProblemException(ProblemCode.UNAUTHENTICATED, "Nobody has signed in with this credential");
		}
		this.transactions.executeWithoutResult((status) -> {
			this.sessions.end(session, "signed out");
			this.audit.record(Actor.account(account, caller.name()), ProjectId.DEFAULT, "session.ended", "session",
					session, Map.of());
		});
	}

	private TokenAnswer answer(Renewed session) {
		String token = this.tokens.issue(session.account(), session.epoch(), session.session(), session.project());
		return new TokenAnswer(token, "bearer", this.properties.lifetime().toSeconds(), session.refreshToken().text(),
				this.properties.refreshLifetime().toSeconds(), session.project());
	}

}
