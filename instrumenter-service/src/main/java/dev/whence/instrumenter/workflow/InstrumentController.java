package dev.whence.instrumenter.workflow;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.whence.instrumenter.manifest.InstrumentMode;
import dev.whence.instrumenter.manifest.InstrumentResult;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Manifests", description = "Kubernetes manifests, instrumented without losing a byte")
class InstrumentController {

	private static final MediaType YAML = new MediaType("application", "yaml", StandardCharsets.UTF_8);

	private final Workflow workflow;

	InstrumentController(Workflow workflow) {
		this.workflow = workflow;
	}

	@PostMapping("/workflow/instrument")
	@Operation(summary = "Instrument a manifest",
			description = "JSON as the original service took it, or the manifest itself as application/yaml "
					+ "with the options in the query.")
	ResponseEntity<?> instrument(HttpServletRequest request) {
		Workflow.Done done = this.workflow.one(request, InstrumentMode.OPERATOR);
		return done.raw() && !wantsJson(request) ? raw(done.result())
				: ResponseEntity.ok().eTag(done.etag()).body(InstrumentAnswer.of(done.result(), done.companion()));
	}

	@PostMapping("/workflow/lint")
	@Operation(summary = "Say what the operator would swallow", description = "Changes nothing.")
	LintAnswer lint(HttpServletRequest request) {
		InstrumentResult result = this.workflow.one(request, InstrumentMode.LINT).result();
		return new LintAnswer(result.workloads(), result.findings(), result.summary());
	}

	@PostMapping("/workflow/instrument/batch")
	@Operation(summary = "Instrument many manifests", description = "Answers each file by itself.")
	BatchAnswer batch(HttpServletRequest request) {
		return this.workflow.batch(request);
	}

	@GetMapping("/workflow/rules")
	@Operation(summary = "Everything that can be found, with its remedy")
	Map<String, List<RuleView>> rules() {
		return Map.of("rules", RuleView.all());
	}

	private static ResponseEntity<byte[]> raw(InstrumentResult result) {
		return ResponseEntity.ok()
			.contentType(YAML)
			.eTag(Workflow.etag(result.text()))
			.header("X-Changes-Made", String.valueOf(result.changed()))
			.header("X-Findings", String.valueOf(result.findings().size()))
			.header("X-Finding-Codes", String.join(",", result.summary().findings().keySet()))
			.body(result.text().getBytes(StandardCharsets.UTF_8));
	}

	private static boolean wantsJson(HttpServletRequest request) {
		@Nullable String accept = request.getHeader(HttpHeaders.ACCEPT);
		return accept != null && accept.toLowerCase(Locale.ROOT).startsWith("application/json");
	}

}
