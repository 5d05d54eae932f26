package dev.whence.analysis.problem;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.support.security.Credential;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Decisions about kinds of problem; reading them is the query service's part. */
@RestController
@Tag(name = "Problems", description = "Kinds of problem, over all incidents")
class ProblemController {

	private final ProblemStates problems;

	private final TransactionOperations transactions;

	ProblemController(ProblemStates problems, TransactionOperations transactions) {
		this.problems = problems;
		this.transactions = transactions;
	}

	@PostMapping("/query/problems/{fingerprint}/{decision}")
	@Operation(summary = "Ignore, unignore or resolve a kind of problem",
			description = "Repeating a decision changes nothing. Ignored problems open no incident and join none.")
	Decided decide(Credential credential, @PathVariable String fingerprint, @PathVariable String decision,
			@Valid @RequestBody(required = false) @Nullable Remark remark) {
		ProblemDecision wanted = ProblemDecision.of(decision)
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND,
					"A problem can be decided by ignore, unignore or resolve"));
		String said = (remark != null) ? remark.actor() : null;
		String actor = (said != null && !said.isBlank()) ? said.strip() : credential.name();
		Decided decided = this.transactions.execute((_) -> {
			boolean changed = this.problems.decide(credential.project(), fingerprint, wanted, actor, credential.name(),
					(remark != null) ? remark.note() : null);
			return this.problems.find(credential.project(), fingerprint)
				.map((state) -> new Decided(state, changed))
				.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Problem not found"));
		});
		return Objects.requireNonNull(decided);
	}

	/** Who decides, and why. */
	record Remark(
			@Size(max = 200) @Pattern(regexp = "\\P{Cntrl}*",
					message = "must not contain control characters") @Nullable String actor,
			@Size(max = 2000) @Pattern(regexp = "[\\P{Cntrl}\\n\\r\\t]*",
					message = "must not contain control characters") @Nullable String note) {
	}

	/**
	 * The problem afterwards.
	 *
	 * @param changed false when it was so already
	 */
	record Decided(@JsonUnwrapped ProblemState problem, boolean changed) {
	}

}
