package dev.whence.control.audit;

import java.time.Instant;
import java.util.List;

import dev.whence.control.audit.AuditQueries.Filter;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.support.security.Credential;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Audit")
class AuditController {

	private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

	private final AuditQueries queries;

	AuditController(AuditQueries queries) {
		this.queries = queries;
	}

	@GetMapping("/api/audit")
	@Operation(summary = "Who did what, newest first",
			description = "In the project of the credential; an administrator of project 1 sees all projects.")
	@ApiResponse(responseCode = "200", description = "A page; next is the cursor of the one after it")
	@ApiResponse(responseCode = "403", description = "The credential is no administrator's")
	AuditPage list(Credential caller,
			@Parameter(description = "A name, or the id of an account or a key") @RequestParam(
					required = false) @Nullable String actor,
			@Parameter(description = "An action such as key.revoked, or what it is about, such as key") @RequestParam(
					required = false) @Nullable String action,
			@RequestParam(required = false) @Nullable Instant from,
			@RequestParam(required = false) @Nullable Instant to,
			@Parameter(description = "The cursor of the page before") @RequestParam(
					required = false) @Nullable @Min(1) Long cursor,
			@RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
		requireText("actor", actor);
		requireText("action", action);
		requireTime("from", from);
		requireTime("to", to);
		long before = (cursor != null) ? cursor : Long.MAX_VALUE;
		List<AuditEntry> found = this.queries.find(caller, new Filter(actor, action, from, to), before, limit + 1);
		if (found.size() <= limit) {
			return new AuditPage(found, null);
		}
		List<AuditEntry> page = found.subList(0, limit);
		return new AuditPage(page, page.getLast().id());
	}

	private static void requireText(String name, @Nullable String text) {
		if (text != null && text.indexOf('\0') >= 0) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER,
					"The parameter '" + name + "' must not contain NUL");
		}
	}

	private static void requireTime(String name, @Nullable Instant time) {
		if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER,
					"The parameter '" + name + "' is a time of the years 1 to 9999");
		}
	}

	/**
	 * A page of the audit.
	 *
	 * @param next the cursor of the next page; null when this is the last one
	 */
	record AuditPage(List<AuditEntry> entries, @Nullable Long next) {
	}

}
