package dev.whence.control.token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.control.account.Secret;
import dev.whence.control.throttle.ClientAddress;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.support.security.Credential;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/auth/jwt")
@Tag(name = "Sessions")
class SignInController {

	/** Longer than any address or password that was ever taken. */
	private static final int LONGEST = 1000;

	private final SignIns signIns;

	SignInController(SignIns signIns) {
		this.signIns = signIns;
	}

	@PostMapping(path = "/login", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	@SecurityRequirements
	@Operation(summary = "Sign in", description = "A form with username and password, or the same as JSON.")
	@ApiResponse(responseCode = "200", description = "An access token for the first project of the account")
	@ApiResponse(responseCode = "400", description = "LOGIN_BAD_CREDENTIALS, whatever was wrong")
	@ApiResponse(responseCode = "422", description = "A field is missing")
	@ApiResponse(responseCode = "429", description = "Too many tries; Retry-After tells how long to wait")
	ResponseEntity<TokenAnswer> signIn(@RequestParam(required = false) @Nullable String username,
			@RequestParam(required = false) @Nullable String password, HttpServletRequest request,
			HttpServletResponse response) {
		return signIn(new Login(username, password), request, response);
	}

	@PostMapping(path = "/login", consumes = MediaType.APPLICATION_JSON_VALUE)
	@SecurityRequirements
	@Operation(summary = "Sign in", description = "A form with username and password, or the same as JSON.")
	ResponseEntity<TokenAnswer> signIn(@RequestBody Login login, HttpServletRequest request,
			HttpServletResponse response) {
		String username = login.username();
		String password = login.password();
		if (username == null || password == null || username.length() > LONGEST || password.length() > LONGEST) {
			throw login.incomplete();
		}
		ClientAddress address = ClientAddress.of(request);
		Duration wait = this.signIns.charge(username, address);
		if (!wait.isZero()) {
			long seconds = wait.toSeconds() + 1;
			response.setHeader("Retry-After", Long.toString(seconds));
			throw new ProblemException(ProblemCode.RATE_LIMITED, "Too many tries; go on in " + seconds + " s");
		}
		return unstored(this.signIns.signIn(username, password, address));
	}

	@PostMapping("/refresh")
	@SecurityRequirements
	@Operation(summary = "Go on with a session",
			description = "A refresh token is good for one use: using it again "
					+ "ends the session. With project the session goes on in another project of the account.")
	@ApiResponse(responseCode = "200", description = "The next pair of tokens")
	@ApiResponse(responseCode = "401", description = "The refresh token is unknown, used or expired")
	@ApiResponse(responseCode = "404", description = "The account is no member of the project")
	ResponseEntity<TokenAnswer> refresh(@RequestBody @Valid Renewal renewal) {
		return unstored(this.signIns.refresh(new Secret(renewal.refreshToken()), renewal.project()));
	}

	@PostMapping("/logout")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Sign out",
			description = "Ends the session of the token; its tokens stop working everywhere within a minute.")
	@ApiResponse(responseCode = "204", description = "The session has ended")
	@ApiResponse(responseCode = "401", description = "Nobody has signed in with this credential")
	void signOut(Credential caller) {
		this.signIns.signOut(caller);
	}

	private static ResponseEntity<TokenAnswer> unstored(TokenAnswer answer) {
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(answer);
	}

	/** Who signs in. */
	record Login(@Nullable String username, @Nullable String password) {

		ProblemException incomplete() {
			List<FieldError> errors = new ArrayList<>();
			if (this.username == null || this.username.length() > LONGEST) {
				errors.add(new FieldError("/username", "is missing or too long"));
			}
			if (this.password == null || this.password.length() > LONGEST) {
				errors.add(new FieldError("/password", "is missing or too long"));
			}
			return new ProblemException(ProblemCode.INVALID_FIELD, "username and password are required", errors, null);
		}

		@Override
		public String toString() {
			return "Login[...]";
		}

	}

	/**
	 * A session to go on with.
	 *
	 * @param project the one to go on in; null for the one it was
	 */
	record Renewal(@JsonProperty("refresh_token") @NotBlank @Size(max = 100) String refreshToken,
			@Min(1) @Nullable Integer project) {

		@Override
		public String toString() {
			return "Renewal[project=" + this.project + "]";
		}

	}

}
