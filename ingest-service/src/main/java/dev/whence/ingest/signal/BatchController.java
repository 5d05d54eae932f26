package dev.whence.ingest.signal;

import java.io.IOException;
import java.util.List;

import dev.whence.ingest.intake.BodyReader;
import dev.whence.ingest.json.RecordJson;
import dev.whence.ingest.json.RecordJson.Element;
import dev.whence.ingest.rejected.Rejections;
import dev.whence.ingest.rejected.Takes;
import dev.whence.model.ProjectId;
import dev.whence.store.rejected.Transport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Many native signals of any kind in one request. 200 means that every signal is stored
 * of which the answer says nothing else.
 */
@RestController
@Tag(name = "Ingest")
class BatchController {

	/** Stored in one transaction, within the time that a statement has. */
	static final int MAX_SIGNALS = 10_000;

	private final BodyReader bodies;

	private final RecordJson json;

	private final SignalBatch batch;

	BatchController(BodyReader bodies, RecordJson json, SignalBatch batch) {
		this.bodies = bodies;
		this.json = json;
		this.batch = batch;
	}

	@PostMapping("/ingest/batch")
	@Takes(transport = Transport.BATCH, type = Rejections.UNKNOWN_TYPE)
	@Operation(summary = "Store many signals of any kind",
			description = "A JSON array, or one object a line (application/x-ndjson), of up to 10,000 signals in the "
					+ "shapes of the single endpoints. The kind is told by signal_type; without it, span_id with "
					+ "duration_ms or start_time makes a trace, metric_name or value a metric, level or message a log. "
					+ "Each signal is accepted, or a duplicate of a stored one, or in conflict with one (the first "
					+ "content of an id stays), or rejected with the reason; none fails its neighbours. The counts are "
					+ "of all signals, the items are those that were not plainly accepted. Pointers and indices count "
					+ "from 0; empty lines do not count. A body that is no array is a 400 and stores nothing.",
			requestBody = @RequestBody(required = true, content = { @Content(mediaType = "application/json"),
					@Content(mediaType = "application/x-ndjson") }))
	BatchAnswer store(HttpServletRequest request, ProjectId project, @Parameter(
			description = "List the accepted signals, too") @RequestParam(defaultValue = "false") boolean verbose)
			throws IOException {
		boolean lines = BodyType.of(request.getContentType()) == BodyType.LINES;
		return this.bodies.read(request, (body, limits) -> {
			List<Element> elements = lines ? this.json.lines(body, MAX_SIGNALS, limits)
					: this.json.array(body, MAX_SIGNALS, limits);
			return this.batch.store(project, elements, verbose);
		});
	}

}
