package dev.whence.control.account;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An account as the API shows it.
 *
 * @param superuser whether it runs the installation: an administrator of project 1
 */
record UserView(UUID id, String email, @JsonProperty("is_active") boolean active,
		@JsonProperty("is_superuser") boolean superuser, @JsonProperty("is_verified") boolean verified,
		@JsonProperty("created_at") Instant createdAt, @JsonProperty("last_login_at") @Nullable Instant lastLoginAt) {

	static UserView of(Account account, boolean superuser) {
		return new UserView(account.id(), account.email(), account.isActive(), superuser, account.isVerified(),
				account.createdAt(), account.lastLoginAt());
	}

}
