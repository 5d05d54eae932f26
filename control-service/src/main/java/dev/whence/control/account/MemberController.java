package dev.whence.control.account;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.control.account.Invitations.Invitation;
import dev.whence.control.account.Members.Member;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.support.security.Credential;
import dev.whence.support.security.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/projects/{project}")
@Tag(name = "Members")
class MemberController {

	private static final long A_WEEK = 7 * 24 * 3600;

	private final Memberships memberships;

	private final Invitations invitations;

	MemberController(Memberships memberships, Invitations invitations) {
		this.memberships = memberships;
		this.invitations = invitations;
	}

	@GetMapping("/members")
	@Operation(summary = "The members of a project")
	@ApiResponse(responseCode = "200", description = "The members, by their addresses")
	@ApiResponse(responseCode = "404", description = "There is no such project for the caller to see")
	List<Member> members(Credential caller, @PathVariable int project) {
		return this.memberships.list(caller, project);
	}

	@PutMapping("/members/{account}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Change what a member is",
			description = "In force everywhere within a minute. Whoever is no member is invited; an administrator of "
					+ "project 1 may take any account in.")
	@ApiResponse(responseCode = "204", description = "The member has the role")
	@ApiResponse(responseCode = "404", description = "The project has no such member")
	@ApiResponse(responseCode = "409", description = "It is the last administrator of project 1")
	void put(Credential caller, @PathVariable int project, @PathVariable UUID account,
			@RequestBody @Valid WantedRole wanted) {
		this.memberships.put(caller, project, account, role(wanted.role()));
	}

	@DeleteMapping("/members/{account}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Take a member out of a project", description = "In force everywhere within a minute.")
	@ApiResponse(responseCode = "204", description = "The account is no member any more")
	@ApiResponse(responseCode = "404", description = "The project has no such member")
	@ApiResponse(responseCode = "409", description = "It is the last administrator of project 1")
	void remove(Credential caller, @PathVariable int project, @PathVariable UUID account) {
		this.memberships.remove(caller, project, account);
	}

	@PostMapping("/invitations")
	@Operation(summary = "Invite somebody to a project",
			description = "The answer is the only one that ever contains the token, which is good for one use: in "
					+ "POST /api/auth/register, or in POST /api/users/me/invitations by whoever has an account.")
	@ApiResponse(responseCode = "201", description = "The invitation with its token")
	@ApiResponse(responseCode = "404", description = "There is no such project for the caller to see")
	@ApiResponse(responseCode = "422", description = "The role or the address is none")
	ResponseEntity<Invitation> invite(Credential caller, @PathVariable int project,
			@RequestBody @Valid WantedInvitation wanted) {
		EmailAddress email = (wanted.email() != null) ? new EmailAddress(wanted.email()) : null;
		Duration validity = Duration.ofSeconds((wanted.expiresIn() != null) ? wanted.expiresIn() : A_WEEK);
		return ResponseEntity.status(HttpStatus.CREATED)
			.cacheControl(CacheControl.noStore())
			.body(this.invitations.invite(caller, project, role(wanted.role()), email, validity));
	}

	@GetMapping("/invitations")
	@Operation(summary = "The invitations to a project, newest first")
	@ApiResponse(responseCode = "200", description = "The invitations without their tokens")
	@ApiResponse(responseCode = "404", description = "There is no such project for the caller to see")
	List<Invitation> invitations(Credential caller, @PathVariable int project) {
		return this.invitations.list(caller, project);
	}

	@DeleteMapping("/invitations/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Take an invitation back")
	@ApiResponse(responseCode = "204", description = "Nobody can accept it any more")
	@ApiResponse(responseCode = "404", description = "There is no such open invitation")
	void revoke(Credential caller, @PathVariable int project, @PathVariable long id) {
		this.invitations.revoke(caller, project, id);
	}

	private static Role role(String name) {
		return Role.named(name)
			.orElseThrow(() -> new ProblemException(ProblemCode.INVALID_FIELD, "A role is one of viewer, editor, admin",
					List.of(new FieldError("/role", "is none of viewer, editor, admin")), null));
	}

	/** What a member shall be. */
	record WantedRole(@NotBlank String role) {
	}

	/**
	 * Whom to invite.
	 *
	 * @param email the only one who may accept it; null for whoever has the token
	 * @param expiresIn seconds, at most 30 days; a week unless told otherwise
	 */
	record WantedInvitation(@NotBlank String role, @Nullable String email,
			@JsonProperty("expires_in") @Min(60) @Max(30 * 24 * 3600) @Nullable Long expiresIn) {
	}

}
