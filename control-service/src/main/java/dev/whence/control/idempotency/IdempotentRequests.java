package dev.whence.control.idempotency;

import java.security.MessageDigest;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.model.ProjectId;
import dev.whence.model.Sha256;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries out a request once, however often it is sent with the same key within a day. A
 * request that fails leaves nothing behind and may be tried again with its key.
 */
@Component
public class IdempotentRequests {

	/** The header with the key. */
	public static final String HEADER = "Idempotency-Key";

	private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

	/** How long an answer is kept. */
	private static final Duration KEPT = Duration.ofDays(1);

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final InstantSource clock;

	IdempotentRequests(JdbcClient jdbc, TransactionTemplate transaction, InstantSource clock) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Does the work in a transaction, or answers as the first request with this key was
	 * answered.
	 * @param key the key; null to do the work without more ado
	 * @param request all that makes one request differ from another
	 * @throws ProblemException {@code INVALID_FIELD} if the key is none, or belongs to
	 * another request
	 */
	public Answer once(ProjectId project, @Nullable String key, String request, Supplier<Answer> work) {
		if (key == null) {
			return work.get();
		}
		if (!KEY.matcher(key).matches()) {
			throw refused("must be 1 to 255 printable ASCII characters without blanks");
		}
		byte[] hash = Sha256.of(request);
		return Objects.requireNonNull(this.transaction.execute((_) -> {
			if (!begin(project, key, hash)) {
				return replay(project, key, hash);
			}
			Answer answer = work.get();
			finish(project, key, answer);
			return answer;
		}));
	}

	private boolean begin(ProjectId project, String key, byte[] hash) {
		Instant now = this.clock.instant();
		this.jdbc.sql("delete from control.idempotent_request where created_at < :limit")
			.param("limit", Timestamp.from(now.minus(KEPT)))
			.update();
		return this.jdbc.sql("""
				insert into control.idempotent_request (project_id, key, request_hash, created_at)
				values (:project, :key, :hash, :now) on conflict do nothing""")
			.param("project", project.value())
			.param("key", key)
			.param("hash", hash)
			.param("now", Timestamp.from(now))
			.update() == 1;
	}

	private Answer replay(ProjectId project, String key, byte[] hash) {
		return this.jdbc.sql("""
				select request_hash, status, body from control.idempotent_request
				 where project_id = :project and key = :key""")
			.param("project", project.value())
			.param("key", key)
			.query((row, _) -> {
				if (!MessageDigest.isEqual(row.getBytes(1), hash)) {
					throw refused("was used for another request");
				}
				return new Answer(row.getInt(2), row.getString(3), true);
			})
			.optional()
			.orElseThrow(
					() -> new ProblemException(ProblemCode.CONFLICT, "The first request with this key is not done"));
	}

	private void finish(ProjectId project, String key, Answer answer) {
		this.jdbc.sql("""
				update control.idempotent_request set status = :status, body = :body
				 where project_id = :project and key = :key""")
			.param("status", answer.status())
			.param("body", answer.body())
			.param("project", project.value())
			.param("key", key)
			.update();
	}

	private static ProblemException refused(String reason) {
		return new ProblemException(ProblemCode.INVALID_FIELD, HEADER + " " + reason,
				List.of(new FieldError("/" + HEADER, reason)), null);
	}

	/**
	 * What a request was answered.
	 *
	 * @param body JSON
	 * @param repeated whether it is the answer to an earlier request
	 */
	public record Answer(int status, String body, boolean repeated) {
	}

}
