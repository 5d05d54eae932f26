package dev.whence.control.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a session is carried on with.
 *
 * @param type always {@code bearer}
 * @param expiresIn seconds
 * @param refreshToken for one use
 * @param refreshExpiresIn seconds
 * @param project that the access token is for; null for an account that is a member of
 * none
 */
record TokenAnswer(@JsonProperty("access_token") String accessToken, @JsonProperty("token_type") String type,
		@JsonProperty("expires_in") long expiresIn, @JsonProperty("refresh_token") String refreshToken,
		@JsonProperty("refresh_expires_in") long refreshExpiresIn, @Nullable Integer project) {

	@Override
	public String toString() {
		return "TokenAnswer[...]";
	}

}
