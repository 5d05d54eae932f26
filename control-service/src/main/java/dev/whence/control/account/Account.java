package dev.whence.control.account;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** A person who may sign in. */
@Entity
@Table(schema = "control", name = "account")
public class Account {

	@Id
	private UUID id;

	@Version
	private @Nullable Integer version;

	private String email;

	private @Nullable String passwordHash;

	private boolean active = true;

	private boolean verified;

	private long epoch = 1;

	private Instant createdAt;

	/** Written by the database alone, beside everything else. */
	@Column(insertable = false, updatable = false)
	private @Nullable Instant lastLoginAt;

	@SuppressWarnings("NullAway.Init")
	protected Account() {
	}

	Account(EmailAddress email, @Nullable String passwordHash, Instant createdAt) {
		this.id = UUID.randomUUID();
		this.email = email.value();
		this.passwordHash = passwordHash;
		this.createdAt = createdAt;
	}

	/** Signs in from now on with another password; all sessions end. */
	void changePassword(String newHash) {
		this.passwordHash = newHash;
		endSessions();
	}

	/** Has another address, of which nobody knows yet whether it is theirs. */
	void changeEmail(EmailAddress newEmail) {
		this.email = newEmail.value();
		this.verified = false;
	}

	/** Whether the address is known to be the account's. */
	void verify(boolean isTheirs) {
		this.verified = isTheirs;
	}

	/** Switches the account on or off; sessions do not outlive that. */
	void activate(boolean mayUseIt) {
		if (this.active && !mayUseIt) {
			endSessions();
		}
		this.active = mayUseIt;
	}

	private void endSessions() {
		this.epoch++;
	}

	public UUID id() {
		return this.id;
	}

	public String email() {
		return this.email;
	}

	public long epoch() {
		return this.epoch;
	}

	@Nullable String passwordHash() {
		return this.passwordHash;
	}

	boolean isActive() {
		return this.active;
	}

	boolean isVerified() {
		return this.verified;
	}

	Instant createdAt() {
		return this.createdAt;
	}

	@Nullable Instant lastLoginAt() {
		return this.lastLoginAt;
	}

}
