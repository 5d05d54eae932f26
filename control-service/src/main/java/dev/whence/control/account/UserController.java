package dev.whence.control.account;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.control.account.Members.Membership;
import dev.whence.support.security.Credential;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

import org.springframework.data.domain.Page;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Accounts")
class UserController {

	private final Accounts accounts;

	private final Members members;

	private final Memberships memberships;

	UserController(Accounts accounts, Members members, Memberships memberships) {
		this.accounts = accounts;
		this.members = members;
		this.memberships = memberships;
	}

	@GetMapping("/api/users/me")
	@Operation(summary = "The account that has signed in")
	@ApiResponse(responseCode = "200", description = "The account")
	@ApiResponse(responseCode = "401", description = "Nobody has signed in with this credential")
	UserView me(Credential caller) {
		return this.accounts.me(caller);
	}

	@PatchMapping("/api/users/me")
	@Operation(summary = "Change one's own address or password",
			description = "A new password ends all sessions. In a session older than ten minutes the current password "
					+ "is asked for. Everything else that is sent is ignored.")
	@ApiResponse(responseCode = "200", description = "The account as it is now")
	@ApiResponse(responseCode = "400", description = "UPDATE_USER_INVALID_PASSWORD or UPDATE_USER_EMAIL_ALREADY_EXISTS")
	@ApiResponse(responseCode = "403", description = "The current password is missing or wrong")
	UserView changeMe(Credential caller, @RequestBody @Valid UserChange change) {
		return this.accounts.changeMe(caller, change);
	}

	@GetMapping("/api/users/me/projects")
	@Operation(summary = "The projects one is a member of, with the role",
			description = "A token for another one of them: POST /api/auth/jwt/refresh with its project.")
	@ApiResponse(responseCode = "200", description = "The projects, by their ids")
	List<Membership> projects(Credential caller) {
		return this.members.projectsOf(Accounts.person(caller).id());
	}

	@PostMapping("/api/users/me/invitations")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Accept an invitation to another project")
	@ApiResponse(responseCode = "204", description = "One is a member now")
	@ApiResponse(responseCode = "404", description = "There is no such invitation, or it is for somebody else")
	void accept(Credential caller, @RequestBody @Valid Acceptance acceptance) {
		this.memberships.accept(caller, new Secret(acceptance.invitation()));
	}

	@GetMapping({ "/api/users", "/api/users/" })
	@Operation(summary = "All accounts, the oldest first", description = "For administrators of project 1.")
	@ApiResponse(responseCode = "200", description = "One page of them")
	@ApiResponse(responseCode = "403", description = "The credential is no administrator's of project 1")
	UserPage list(Credential caller, @RequestParam(defaultValue = "1") @Min(1) @Max(1_000_000) int page,
			@RequestParam(name = "page_size", defaultValue = "20") @Min(1) @Max(100) int pageSize) {
		Page<UserView> found = this.accounts.list(caller, page, pageSize);
		return new UserPage(found.getContent(), found.getTotalElements(), page, pageSize);
	}

	@GetMapping("/api/users/{id}")
	@Operation(summary = "One account", description = "For administrators of project 1.")
	@ApiResponse(responseCode = "200", description = "The account")
	@ApiResponse(responseCode = "403", description = "The credential is no administrator's of project 1")
	@ApiResponse(responseCode = "404", description = "There is no such account")
	UserView get(Credential caller, @PathVariable UUID id) {
		return this.accounts.get(caller, id);
	}

	@PatchMapping("/api/users/{id}")
	@Operation(summary = "Change an account",
			description = "For administrators of project 1. is_superuser makes it "
					+ "one of them, or a viewer of project 1 again.")
	@ApiResponse(responseCode = "200", description = "The account as it is now")
	@ApiResponse(responseCode = "404", description = "There is no such account")
	@ApiResponse(responseCode = "409", description = "It is the last administrator of project 1")
	UserView change(Credential caller, @PathVariable UUID id, @RequestBody @Valid UserChange change) {
		return this.accounts.changeAnother(caller, id, change);
	}

	@DeleteMapping("/api/users/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete an account",
			description = "With its sessions and memberships; the audit keeps what "
					+ "it did. For administrators of project 1.")
	@ApiResponse(responseCode = "204", description = "It is gone")
	@ApiResponse(responseCode = "404", description = "There is no such account")
	@ApiResponse(responseCode = "409", description = "It is the last administrator of project 1")
	void delete(Credential caller, @PathVariable UUID id) {
		this.accounts.delete(caller, id);
	}

	/** The token of an invitation. */
	record Acceptance(@NotBlank @Size(max = 100) String invitation) {
	}

	/** A page of accounts. */
	record UserPage(List<UserView> users, long total, int page, @JsonProperty("page_size") int pageSize) {
	}

}
