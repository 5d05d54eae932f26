package dev.whence.control.token;

import java.util.UUID;

import dev.whence.control.account.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A session that goes on.
 *
 * @param project null for an account that is a member of none
 * @param refreshToken the next one, for one use
 */
record Renewed(UUID account, long epoch, UUID session, @Nullable Integer project,
		Secret refreshToken) implements Refresh {
}
