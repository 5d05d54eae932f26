package dev.whence.control.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What to change of an account; what is null stays. Of themselves people change address
 * and password alone; whatever else they send is ignored, as their clients know it.
 *
 * @param currentPassword asked for where a session is not fresh
 */
record UserChange(@Size(max = 254) @Nullable String email, @Size(max = 1000) @Nullable String password,
		@JsonProperty("current_password") @Size(max = 1000) @Nullable String currentPassword,
		@JsonProperty("is_active") @Nullable Boolean active, @JsonProperty("is_superuser") @Nullable Boolean superuser,
		@JsonProperty("is_verified") @Nullable Boolean verified) {

	UserChange ofOneself() {
		return new UserChange(this.email, this.password, this.currentPassword, null, null, null);
	}

	@Override
	public String toString() {
		return "UserChange[email=" + this.email + "]";
	}

}
