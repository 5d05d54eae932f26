package dev.whence.control.apikey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.support.security.Credential;
import dev.whence.support.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "API keys")
class ApiKeyController {

	/** More than the gateway lets through of any key. */
	private static final int MOST_REQUESTS = 1_000_000;

	private final ApiKeys keys;

	ApiKeyController(ApiKeys keys) {
		this.keys = keys;
	}

	@PostMapping("/api/projects/{project}/keys")
	@Operation(summary = "Create a key", description = "The answer is the only one that ever contains the key itself.")
	ResponseEntity<ApiKeyView> create(Credential caller, @PathVariable int project,
			@RequestBody @Valid WantedKey wanted) {
		return shownOnce(this.keys.issue(caller, project, wanted.grant()));
	}

	@PostMapping("/api/keys/{id}/rotate")
	@Operation(summary = "Create the key that takes this one's place",
			description = "With the same name, scopes and quota. The old one keeps working until it is revoked. "
					+ "The answer is the only one that ever contains the new key.")
	@ApiResponse(responseCode = "201", description = "The new key")
	@ApiResponse(responseCode = "404", description = "There is no such key for the caller to see")
	@ApiResponse(responseCode = "409", description = "Two keys of the name are active already, or this one is not")
	ResponseEntity<ApiKeyView> rotate(Credential caller, @PathVariable long id) {
		return shownOnce(this.keys.rotate(caller, id));
	}

	@PatchMapping("/api/keys/{id}")
	@Operation(summary = "Change the quota of a key", description = "In force everywhere within a minute.")
	@ApiResponse(responseCode = "200", description = "The key as it is now")
	@ApiResponse(responseCode = "404", description = "There is no such key for the caller to see")
	@ApiResponse(responseCode = "422", description = "The quota is not between 1 and 1000000")
	ApiKeyView limit(Credential caller, @PathVariable long id, @RequestBody @Valid Quota quota) {
		return ApiKeyView.of(this.keys.limit(caller, id, quota.requestsPerMinute()), null);
	}

	private static ResponseEntity<ApiKeyView> shownOnce(ApiKeys.IssuedKey issued) {
		return ResponseEntity.status(HttpStatus.CREATED)
			.cacheControl(CacheControl.noStore())
			.body(ApiKeyView.of(issued.key(), issued.secret().text()));
	}

	@GetMapping("/api/projects/{project}/keys")
	@Operation(summary = "The keys of a project, newest first")
	List<ApiKeyView> list(Credential caller, @PathVariable int project) {
		return this.keys.list(caller, project).stream().map((key) -> ApiKeyView.of(key, null)).toList();
	}

	@DeleteMapping("/api/keys/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Revoke a key", description = "Final. The key stops working within a minute.")
	void revoke(Credential caller, @PathVariable long id) {
		this.keys.revoke(caller, id);
	}

	record WantedKey(
			@NotBlank @Size(max = 100) @Pattern(regexp = "\\P{Cntrl}*",
					message = "must not contain control characters") String name,
			@NotEmpty @Size(max = 4) List<@Nullable String> scopes,
			@JsonProperty("expires_at") @Nullable Instant expiresAt,
			@JsonProperty("requests_per_minute") @Min(1) @Max(MOST_REQUESTS) @Nullable Integer requestsPerMinute) {

		Grant grant() {
			return new Grant(this.name, parsedScopes(), this.requestsPerMinute, this.expiresAt);
		}

		Set<Scope> parsedScopes() {
			Set<Scope> parsed = EnumSet.noneOf(Scope.class);
			List<FieldError> errors = new ArrayList<>();
			for (int i = 0; i < this.scopes.size(); i++) {
				Optional<Scope> scope = Optional.ofNullable(this.scopes.get(i)).flatMap(Scope::named);
				scope.ifPresent(parsed::add);
				if (scope.isEmpty()) {
					errors.add(new FieldError("/scopes/" + i, "is none of ingest, read, write, admin"));
				}
			}
			if (!errors.isEmpty()) {
				throw new ProblemException(ProblemCode.INVALID_FIELD, "A scope is one of ingest, read, write, admin",
						errors, null);
			}
			return parsed;
		}

	}

	/**
	 * How much a key may be used.
	 *
	 * @param requestsPerMinute null for no limit of its own
	 */
	record Quota(@JsonProperty("requests_per_minute") @Min(1) @Max(MOST_REQUESTS) @Nullable Integer requestsPerMinute) {
	}

	/**
	 * A key as the API shows it.
	 *
	 * @param key the secret text, in the answer to its creation alone
	 */
	record ApiKeyView(long id, @JsonProperty("project_id") int projectId, String name, String prefix,
			List<String> scopes, @JsonProperty("requests_per_minute") @Nullable Integer requestsPerMinute,
			@JsonProperty("created_at") Instant createdAt, @JsonProperty("expires_at") @Nullable Instant expiresAt,
			@JsonProperty("revoked_at") @Nullable Instant revokedAt,
			@JsonProperty("last_used_at") @Nullable Instant lastUsedAt,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key) {

		static ApiKeyView of(ApiKey key, @Nullable String secret) {
			return new ApiKeyView(key.id(), key.project().value(), key.name(), key.prefix(),
					key.scopes().stream().sorted().map(Scope::wireName).toList(), key.requestsPerMinute(),
					key.createdAt(), key.expiresAt(), key.revokedAt(), key.lastUsedAt(), secret);
		}

	}

}
