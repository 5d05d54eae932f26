package dev.whence.query.trace;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.TraceId;
import dev.whence.query.signal.SignalView;
import dev.whence.store.SignalReader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
@EnableConfigurationProperties(TraceProperties.class)
@Tag(name = "Traces")
class TraceController {

	private static final String TRUNCATED = "X-Truncated";

	private final SignalReader signals;

	private final int most;

	TraceController(SignalReader signals, TraceProperties properties) {
		this.signals = signals;
		this.most = properties.maxSignals();
	}

	@GetMapping("/query/traces/{trace}")
	@Operation(summary = "All signals of a trace, oldest first",
			description = "Empty when the trace is unknown. A trace that is too long is cut, and the header X-Truncated says so. "
					+ "Different spans with one span id are all there, marked with span_id_reused.")
	ResponseEntity<List<SignalView>> trace(ProjectId project, @PathVariable String trace) {
		if (trace.length() > TraceId.MAX_LENGTH) {
			return ResponseEntity.ok(List.of());
		}
		List<Signal> found = this.signals.ofTraces(project, List.of(new TraceId(trace)), this.most + 1);
		ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
		if (found.size() > this.most) {
			answer.header(TRUNCATED, "true");
		}
		Set<UUID> shared = SharedSpanIds.in(found);
		return answer.body(found.stream()
			.limit(this.most)
			.map((signal) -> shared.contains(signal.signalId()) ? SignalView.from(signal).withReusedSpanId()
					: SignalView.from(signal))
			.toList());
	}

}
