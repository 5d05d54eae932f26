package dev.whence.control.account;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import dev.whence.control.account.AccountProperties.Registration;
import dev.whence.control.account.Invitations.Accepted;
import dev.whence.control.audit.Actor;
import dev.whence.control.audit.Audit;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.model.ProjectId;
import dev.whence.support.security.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * How accounts come to be. The first one runs the installation, however many ask at once;
 * later ones need an invitation unless registration is open.
 * <p>
 * Where it is not, everybody without an invitation gets the same answer at the same cost,
 * whether or not the address has an account.
 */
@Service
@EnableConfigurationProperties(AccountProperties.class)
class Registrations {

	/** What clients know; also said of an address that is free but not invited. */
	private static final String TAKEN = "REGISTER_USER_ALREADY_EXISTS";

	private final AccountRepository accounts;

	private final Members members;

	private final Invitations invitations;

	private final PasswordPolicy policy;

	private final PasswordHashes hashes;

	private final Audit audit;

	private final TransactionOperations transactions;

	private final InstantSource clock;

	private final AccountProperties properties;

	Registrations(AccountRepository accounts, Members members, Invitations invitations, PasswordPolicy policy,
			PasswordHashes hashes, Audit audit, TransactionOperations transactions, InstantSource clock,
			AccountProperties properties) {
		this.accounts = accounts;
		this.members = members;
		this.invitations = invitations;
		this.policy = policy;
		this.hashes = hashes;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
		this.properties = properties;
	}

	/**
	 * Registers somebody.
	 * @throws ProblemException {@code REFUSED} when the address is taken, or nobody is
	 * waiting for it
	 */
	UserView register(String address, String password, @Nullable Secret invitation) {
		if (isClosed() && invitation == null) {
			throw refused();
		}
		EmailAddress email = new EmailAddress(address);
		if (invitation != null && !this.invitations.isOpen(invitation, email)
				|| this.accounts.findByEmailIgnoreCase(email.value()).isPresent()) {
			throw refused();
		}
		this.policy.objection(password, email).ifPresent((reason) -> {
			throw new ProblemException(ProblemCode.REFUSED, "REGISTER_INVALID_PASSWORD",
					List.of(new FieldError("/password", reason)), null);
		});
		// Outside the transaction, which would hold a connection all the while.
		String hash = this.hashes.hash(password);
		try {
			return this.transactions.execute((status) -> register(email, hash, invitation));
		}
		catch (DataIntegrityViolationException _) {
			// Somebody else registered it in the meantime.
			throw refused();
		}
	}

	private UserView register(EmailAddress email, String hash, @Nullable Secret invitation) {
		this.members.lockAdministrators();
		boolean first = !this.accounts.existsBy();
		if (!first && invitation == null && this.properties.registration() == Registration.INVITATION) {
			throw refused();
		}
		Account account = this.accounts
			.saveAndFlush(new Account(email, hash, this.clock.instant().truncatedTo(ChronoUnit.MICROS)));
		Actor actor = Actor.account(account.id(), account.email());
		if (first) {
			this.members.put(ProjectId.DEFAULT, account.id(), Role.ADMIN);
			record(actor, new Accepted(ProjectId.DEFAULT, Role.ADMIN), account, "first");
		}
		else if (invitation != null) {
			Accepted accepted = this.invitations.accept(invitation, email).orElseThrow(Registrations::refused);
			this.members.put(accepted.project(), account.id(), accepted.role());
			record(actor, accepted, account, "invitation");
		}
		else {
			this.properties.openRole()
				.role()
				.ifPresent((role) -> this.members.put(ProjectId.DEFAULT, account.id(), role));
			this.audit.record(actor, ProjectId.DEFAULT, "account.registered", "account", account.id(),
					Map.of("by", "itself"));
		}
		return UserView.of(account, first || this.members.runsTheInstallation(account.id()));
	}

	private void record(Actor actor, Accepted accepted, Account account, String how) {
		this.audit.record(actor, accepted.project(), "account.registered", "account", account.id(),
				Map.of("by", how, "role", accepted.role().wireName()));
	}

	private boolean isClosed() {
		return this.properties.registration() == Registration.INVITATION && this.accounts.existsBy();
	}

	private static ProblemException refused() {
		return new ProblemException(ProblemCode.REFUSED, TAKEN, List.of(new FieldError("/email",
				"has an account already, or needs an invitation for it; an administrator of the project makes one")),
				null);
	}

}
