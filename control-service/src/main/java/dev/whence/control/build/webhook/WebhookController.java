package dev.whence.control.build.webhook;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import dev.whence.control.build.github.GitHubProperties;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes what GitHub sends. The signature is the credential: nothing is read out of a body
 * before it is verified, and no body is held that is larger than the limit.
 */
@RestController
@Tag(name = "Builds")
class WebhookController {

	/** Bodies that are held at the same time. */
	private static final int AT_ONCE = 8;

	/** GitHub's own payloads are about ten levels deep. */
	private static final int MAX_DEPTH = 64;

	private static final String PING = "ping";

	private final Semaphore room = new Semaphore(AT_ONCE);

	private final Deliveries deliveries;

	private final @Nullable Signature signature;

	private final int limit;

	private final JsonMapper json;

	WebhookController(Deliveries deliveries, GitHubProperties properties) {
		this.deliveries = deliveries;
		this.signature = (properties.webhookSecret() != null) ? new Signature(properties.webhookSecret()) : null;
		this.limit = Math.toIntExact(properties.webhookLimit().toBytes());
		this.json = JsonMapper
			.builder(JsonFactory.builder()
				.streamReadConstraints(StreamReadConstraints.builder()
					.maxNestingDepth(MAX_DEPTH)
					.maxStringLength(this.limit)
					.maxDocumentLength(this.limit)
					.build())
				.build())
			.build();
	}

	@PostMapping("/api/webhooks/github")
	@Operation(summary = "What GitHub tells by itself",
			description = "workflow_run, push, deployment_status and ping, signed with the shared secret "
					+ "(X-Hub-Signature-256). A delivery that comes again is answered 200 and changes nothing.")
	@ApiResponse(responseCode = "202", description = "The delivery was taken")
	@ApiResponse(responseCode = "200", description = "A ping, or a delivery that is known")
	@ApiResponse(responseCode = "400", description = "Not a delivery of GitHub")
	@ApiResponse(responseCode = "401", description = "The signature is missing or wrong, or no secret is configured")
	@ApiResponse(responseCode = "413", description = "The delivery is too large")
	ResponseEntity<Answer> take(HttpServletRequest request,
			@RequestHeader(name = "X-Hub-Signature-256", required = false) @Nullable String signed,
			@RequestHeader(name = "X-GitHub-Delivery", required = false) @Nullable String delivery,
			@RequestHeader(name = "X-GitHub-Event", required = false) @Nullable String event) throws IOException {
		if (!this.room.tryAcquire()) {
			throw new ProblemException(ProblemCode.OVERLOADED, "Too many deliveries at the same time");
		}
		try {
			byte[] body = body(request);
			byte[] verified = verified(body, signed);
			if (delivery == null || !delivery.matches("[0-9A-Za-z-]{1,64}") || event == null
					|| !event.matches("[a-z_]{1,64}")) {
				throw new ProblemException(ProblemCode.REFUSED,
						"X-GitHub-Delivery and X-GitHub-Event name the delivery");
			}
			if (event.equals(PING)) {
				return ResponseEntity.ok(new Answer("pong"));
			}
			Deliveries.Taken taken = this.deliveries.take(delivery, event, verified, payload(body));
			return ResponseEntity.status((taken == Deliveries.Taken.KNOWN) ? 200 : 202)
				.body(new Answer(taken.name().toLowerCase(Locale.ROOT)));
		}
		finally {
			this.room.release();
		}
	}

	private byte[] body(HttpServletRequest request) throws IOException {
		if (request.getContentLengthLong() > this.limit) {
			throw tooLarge();
		}
		byte[] body = request.getInputStream().readNBytes(this.limit + 1);
		if (body.length > this.limit) {
			throw tooLarge();
		}
		return body;
	}

	private byte[] verified(byte[] body, @Nullable String signed) {
		return Optional.ofNullable(this.signature)
			.flatMap((known) -> known.verified(body, signed))
			.orElseThrow(() -> new ProblemException(ProblemCode.UNAUTHENTICATED,
					(this.signature == null) ? "No secret for webhooks is configured: set GITHUB_WEBHOOK_SECRET"
							: "X-Hub-Signature-256 is missing or is not the signature of this body"));
	}

	private Payload payload(byte[] body) {
		try {
			Payload payload = this.json.readValue(body, Payload.class);
			if (payload != null) {
				return payload;
			}
		}
		catch (JacksonException _) {
			// Said below, without what the parser quotes.
		}
		throw new ProblemException(ProblemCode.REFUSED,
				"The delivery cannot be read; set its content type to application/json");
	}

	private ProblemException tooLarge() {
		return new ProblemException(ProblemCode.BODY_TOO_LARGE, "A delivery has at most " + this.limit + " bytes");
	}

	/** What became of the delivery. */
	record Answer(String status) {
	}

}
