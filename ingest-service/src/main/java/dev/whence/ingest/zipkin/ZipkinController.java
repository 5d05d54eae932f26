package dev.whence.ingest.zipkin;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import dev.whence.ingest.intake.BodyReader;
import dev.whence.ingest.intake.Intake;
import dev.whence.ingest.intake.Received;
import dev.whence.ingest.rejected.RecordedProblem;
import dev.whence.ingest.rejected.RefusedRequests;
import dev.whence.ingest.rejected.Rejections;
import dev.whence.ingest.rejected.Takes;
import dev.whence.ingest.zipkin.ZipkinEncoding.Slice;
import dev.whence.ingest.zipkin.ZipkinSpans.LimitException;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.store.rejected.RejectionReason;
import dev.whence.store.rejected.Transport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Zipkin's v2 endpoint for reporters. 202 means that every span is stored, except as many
 * as the header {@code Whence-Rejected} counts.
 */
@RestController
@Tag(name = "Zipkin", description = "Zipkin v2 spans")
class ZipkinController {

	static final String REJECTED_HEADER = "Whence-Rejected";

	private final BodyReader bodies;

	private final Intake intake;

	private final Annotations annotations;

	private final InstantSource clock;

	ZipkinController(BodyReader bodies, Intake intake, Annotations annotations, InstantSource clock) {
		this.bodies = bodies;
		this.intake = intake;
		this.annotations = annotations;
		this.clock = clock;
	}

	@PostMapping("/api/v2/spans")
	@Takes(transport = Transport.ZIPKIN, type = "trace")
	@Operation(summary = "Store Zipkin spans",
			description = "A list of spans as JSON or as protobuf (application/x-protobuf), up to 50,000. A span that "
					+ "cannot be taken does not cost its neighbours: it is counted in the header Whence-Rejected and "
					+ "listed at /query/rejected. A body that is no list, or of which no span can be taken, is a 400.",
			requestBody = @RequestBody(required = true,
					content = { @Content(mediaType = "application/json"),
							@Content(mediaType = "application/x-protobuf") }))
	@ApiResponse(responseCode = "202", description = "Stored, as far as no header says otherwise")
	ResponseEntity<Void> spans(HttpServletRequest request, ProjectId project) throws IOException {
		ZipkinEncoding encoding = ZipkinEncoding.of(request.getContentType());
		int rejected = this.bodies.read(request, (body, limits) -> store(project, encoding,
				new ZipkinSpans(this.clock, this.annotations, limits), encoding.split(body, limits)));
		ResponseEntity.BodyBuilder accepted = ResponseEntity.accepted();
		return ((rejected > 0) ? accepted.header(REJECTED_HEADER, Integer.toString(rejected)) : accepted).build();
	}

	private int store(ProjectId project, ZipkinEncoding encoding, ZipkinSpans spans, List<Slice> slices) {
		List<Received> received = new ArrayList<>(slices.size());
		Rejections rejections = new Rejections(Transport.ZIPKIN);
		String firstReason = "";
		for (Slice slice : slices) {
			zipkin2.Span span = null;
			try {
				spans.expect(slice.length());
				span = encoding.decode(slice);
				received.add(spans.read(span));
			}
			catch (IllegalArgumentException ex) {
				String reason = reason(ex);
				firstReason = firstReason.isEmpty() ? reason : firstReason;
				reject(rejections, slice, span, ex, reason);
			}
		}
		this.intake.accept(project, received, Transport.ZIPKIN);
		this.intake.reject(project, rejections);
		if (received.isEmpty() && rejections.count() > 0) {
			throw new RecordedProblem(new ProblemException(ProblemCode.MALFORMED_BODY,
					"None of the spans can be taken; the first: " + firstReason));
		}
		return rejections.count();
	}

	private static void reject(Rejections rejections, Slice slice, zipkin2.@Nullable Span span,
			IllegalArgumentException failure, String reason) {
		RejectionReason why = (failure instanceof LimitException) ? RejectionReason.LIMIT
				: RejectionReason.INVALID_FIELD;
		rejections.add(SignalType.TRACE.wireName(), why, reason, (span != null) ? span.localServiceName() : null,
				(span != null) ? span.id() : null,
				() -> RefusedRequests.excerpt(slice.body(), slice.from(), slice.to()));
	}

	// The library's messages end with what it was reading.
	private static String reason(IllegalArgumentException failure) {
		String message = String.valueOf(failure.getMessage());
		int end = message.lastIndexOf(" reading ");
		message = (end > 0) ? message.substring(0, end) : message;
		int link = message.indexOf('\n');
		return (link > 0) ? message.substring(0, link) : message;
	}

}
