package dev.whence.control.account;

import java.time.Duration;

import dev.whence.control.throttle.ClientAddress;
import dev.whence.control.throttle.Tries;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Accounts")
class RegistrationController {

	private final Registrations registrations;

	private final Tries tries;

	RegistrationController(Registrations registrations, Tries tries) {
		this.registrations = registrations;
		this.tries = tries;
	}

	@PostMapping("/api/auth/register")
	@ResponseStatus(HttpStatus.CREATED)
	@SecurityRequirements
	@Operation(summary = "Register",
			description = "The first account runs the installation. Later ones need an "
					+ "invitation, unless registration is open.")
	@ApiResponse(responseCode = "201", description = "The account")
	@ApiResponse(responseCode = "400",
			description = "REGISTER_USER_ALREADY_EXISTS: the address is taken or not "
					+ "invited. REGISTER_INVALID_PASSWORD: errors tells why")
	@ApiResponse(responseCode = "422", description = "The address is none")
	@ApiResponse(responseCode = "429", description = "Too many from this address; Retry-After tells how long to wait")
	UserView register(@RequestBody @Valid NewAccount wanted, HttpServletRequest request, HttpServletResponse response) {
		Duration wait = this.tries.register(ClientAddress.of(request));
		if (!wait.isZero()) {
			response.setHeader("Retry-After", Long.toString(wait.toSeconds() + 1));
			throw new ProblemException(ProblemCode.RATE_LIMITED,
					"Too many accounts from this address; go on in " + (wait.toSeconds() + 1) + " s");
		}
		String invitation = wanted.invitation();
		return this.registrations.register(wanted.email(), wanted.password(),
				(invitation != null) ? new Secret(invitation) : null);
	}

	/**
	 * Who wants an account.
	 *
	 * @param invitation the token of an invitation; null without one
	 */
	record NewAccount(@NotNull @Size(max = 1000) String email, @NotNull @Size(max = 1000) String password,
			@Size(max = 100) @Nullable String invitation) {

		@Override
		public String toString() {
			return "NewAccount[email=" + this.email + "]";
		}

	}

}
