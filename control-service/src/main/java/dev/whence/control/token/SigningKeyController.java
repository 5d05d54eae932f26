package dev.whence.control.token;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import dev.whence.control.audit.Audit;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.support.security.Credential;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Signing keys")
class SigningKeyController {

	/** Shorter than a new key is published ahead of its time. */
	private static final Duration FRESH = Duration.ofSeconds(60);

	private final SigningKeys keys;

	private final Audit audit;

	private final TransactionOperations transactions;

	SigningKeyController(SigningKeys keys, Audit audit, TransactionOperations transactions) {
		this.keys = keys;
		this.audit = audit;
		this.transactions = transactions;
	}

	@GetMapping({ "/.well-known/jwks.json", "/api/auth/jwks" })
	@SecurityRequirements
	@Operation(summary = "The keys that verify access tokens", description = "A JWK set as in RFC 7517.")
	@ApiResponse(responseCode = "200", description = "The public keys, those of the next and the last rotation too")
	ResponseEntity<Map<String, Object>> published() {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.maxAge(FRESH).cachePublic())
			.body(this.keys.published().toJSONObject(true));
	}

	@PostMapping("/api/auth/keys/rotate")
	@Operation(summary = "Make the next signing key",
			description = "It is published at once and signs in two "
					+ "minutes; nobody notices. Asked again before that, the same one is answered. "
					+ "For administrators of project 1.")
	@ApiResponse(responseCode = "200", description = "The id of the next key")
	@ApiResponse(responseCode = "403", description = "The credential is no administrator's of project 1")
	NewKey rotate(Credential caller) {
		return make(caller, "signing-key.rotated", this.keys::rotate);
	}

	@PostMapping("/api/auth/keys/replace")
	@Operation(summary = "Put a new signing key in the place of all others",
			description = "For a key that somebody else has: all access tokens stop working within a minute, and "
					+ "sessions go on with their refresh tokens. For administrators of project 1.")
	@ApiResponse(responseCode = "200", description = "The id of the new key")
	@ApiResponse(responseCode = "403", description = "The credential is no administrator's of project 1")
	NewKey replace(Credential caller) {
		return make(caller, "signing-key.replaced", this.keys::replace);
	}

	private NewKey make(Credential caller, String action, Supplier<String> making) {
		if (!caller.runsTheInstallation()) {
			throw new ProblemException(ProblemCode.FORBIDDEN,
					"Only an administrator of project 1 changes the signing keys");
		}
		return this.transactions.execute((status) -> {
			String kid = making.get();
			this.audit.record(caller, action, "signing-key", kid, Map.of());
			return new NewKey(kid);
		});
	}

	/** A key by its id. */
	record NewKey(String kid) {
	}

}
