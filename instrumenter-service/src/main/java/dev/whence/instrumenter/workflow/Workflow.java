package dev.whence.instrumenter.workflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.whence.instrumenter.manifest.CompanionResource;
import dev.whence.instrumenter.manifest.Finding;
import dev.whence.instrumenter.manifest.InstrumentMode;
import dev.whence.instrumenter.manifest.InstrumentOptions;
import dev.whence.instrumenter.manifest.InstrumentResult;
import dev.whence.instrumenter.manifest.Instrumenter;
import dev.whence.instrumenter.manifest.LegacyShell;
import dev.whence.instrumenter.manifest.ManifestBytes;
import dev.whence.instrumenter.manifest.ManifestLimits;
import dev.whence.instrumenter.manifest.ManifestRefusedException;
import dev.whence.instrumenter.manifest.Rule;
import dev.whence.instrumenter.usage.Usage;
import dev.whence.instrumenter.usage.UsageLog;
import dev.whence.instrumenter.workflow.BatchAnswer.BatchError;
import dev.whence.instrumenter.workflow.BatchAnswer.BatchFile;
import dev.whence.instrumenter.workflow.WorkflowJson.Members;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** From a request to a manifest and back: the same steps for every form of body. */
@Component
@EnableConfigurationProperties(WorkflowProperties.class)
class Workflow {

	private static final Set<String> YAML = Set.of("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml",
			"text/vnd.yaml");

	private static final String UNKNOWN = "unknown";

	private final WorkflowProperties properties;

	private final ManifestBodies bodies;

	private final WorkflowJson json;

	private final UsageLog usage;

	private final ManifestLimits limits;

	private final Instrumenter instrumenter;

	Workflow(WorkflowProperties properties, ManifestBodies bodies, WorkflowJson json, UsageLog usage) {
		this.properties = properties;
		this.bodies = bodies;
		this.json = json;
		this.usage = usage;
		ManifestLimits defaults = ManifestLimits.DEFAULT;
		this.limits = new ManifestLimits(defaults.maxDepth(), defaults.maxDocuments(), defaults.maxNodes(),
				properties.deadline());
		this.instrumenter = new Instrumenter(this.limits);
	}

	/** One manifest, as JSON or raw. */
	Done one(HttpServletRequest request, InstrumentMode mode) {
		boolean raw = isYaml(request);
		// JSON escapes make a body larger than its manifest; the manifest is measured
		// again.
		long limit = this.properties.maxBody().toBytes();
		return this.bodies.read(request, raw ? limit : 2 * limit,
				(body) -> raw ? raw(request, body, mode) : json(request, body, mode));
	}

	private Done raw(HttpServletRequest request, byte[] body, InstrumentMode mode) {
		InstrumentOptions options = WantedOptions.from(request, mode, this.properties.endpoint());
		String manifest = ManifestBytes.decode(body);
		InstrumentResult result = work(request, manifest, options, or(request.getParameter("client_repo")),
				or(request.getParameter("deployment_name")));
		return new Done(result, true,
				companion(WantedOptions.flag(request, "emit_instrumentation_cr", false), options, result));
	}

	private Done json(HttpServletRequest request, byte[] body, InstrumentMode mode) {
		Members members = this.json.object(body);
		String manifest = members.required("manifest_content");
		String deployment = members.required("deployment_name");
		String repo = members.optional("client_repo");
		if (manifest.length() > this.properties.maxBody().toBytes()) {
			throw new ProblemException(ProblemCode.BODY_TOO_LARGE,
					"A manifest may have " + this.properties.maxBody().toBytes() + " bytes");
		}
		InstrumentOptions options = WantedOptions.from(members, mode, this.properties.endpoint());
		boolean emit = members.flag("emit_instrumentation_cr", false);
		InstrumentResult result = work(request, manifest, options, or(repo), deployment);
		if (LegacyAction.sent(body, members, request.getHeader("User-Agent"))) {
			result = forLegacyAction(result, LegacyAction.lostBackslashes(body));
		}
		return new Done(result, false, companion(emit, options, result));
	}

	private InstrumentResult work(HttpServletRequest request, String manifest, InstrumentOptions options, String repo,
			String deployment) {
		long start = System.nanoTime();
		InstrumentResult result = this.instrumenter.instrument(manifest, options);
		record(request, manifest, options, repo, deployment, result, start);
		return result;
	}

	private InstrumentResult forLegacyAction(InstrumentResult result, boolean lostBackslashes) {
		LegacyShell shell = LegacyShell.prepare(result.text(), this.limits);
		List<Finding> findings = new ArrayList<>(result.findings());
		findings.addAll(shell.losses());
		if (lostBackslashes) {
			findings.add(Finding.of(Rule.LEGACY_REQUEST, 0, 1));
		}
		return new InstrumentResult(shell.text(), result.changed(), result.documents(), result.workloads(), findings,
				result.diff());
	}

	private static @Nullable String companion(boolean wanted, InstrumentOptions options, InstrumentResult result) {
		return wanted ? CompanionResource.yaml(options, result) : null;
	}

	private static String or(@Nullable String name) {
		return (name != null) ? name : UNKNOWN;
	}

	/** Many manifests, one report. */
	BatchAnswer batch(HttpServletRequest request) {
		return this.bodies.read(request, this.properties.maxBatch().toBytes(), (body) -> {
			Members members = this.json.object(body);
			InstrumentOptions options = WantedOptions.from(members, InstrumentMode.OPERATOR,
					this.properties.endpoint());
			String repo = or(members.optional("client_repo"));
			boolean companion = members.flag("emit_instrumentation_cr", false);
			List<Members> files = members.objects("files");
			if (files.size() > this.properties.maxFiles()) {
				throw members.wrong("files", "has more than " + this.properties.maxFiles() + " items");
			}
			List<BatchFile> done = new ArrayList<>();
			for (Members file : files) {
				done.add(file(request, file, options, repo, companion));
			}
			int changed = (int) done.stream()
				.filter((file) -> file.answer() != null && file.answer().changed())
				.count();
			int failed = (int) done.stream().filter((file) -> file.error() != null).count();
			return new BatchAnswer(changed > 0, changed, failed, done);
		});
	}

	private BatchFile file(HttpServletRequest request, Members file, InstrumentOptions options, String repo,
			boolean companion) {
		String path = file.required("path");
		String manifest = file.required("manifest_content");
		try {
			InstrumentResult result = work(request, manifest, options, repo, path);
			return new BatchFile(path, InstrumentAnswer.of(result, companion(companion, options, result)), null);
		}
		catch (ManifestRefusedException refusal) {
			return new BatchFile(path, null, BatchError.of(refusal));
		}
	}

	private void record(HttpServletRequest request, String manifest, InstrumentOptions options, String repo,
			String deployment, InstrumentResult result, long start) {
		if (!"true".equalsIgnoreCase(request.getHeader("X-Usage-Opt-Out"))) {
			this.usage
				.record(new Usage(repo, deployment, result.changed(), options.mode().id(), result.summary().languages(),
						result.summary().findings(), manifest.length(), Duration.ofNanos(System.nanoTime() - start)));
		}
	}

	private static boolean isYaml(HttpServletRequest request) {
		String type = request.getContentType();
		if (type == null) {
			return false;
		}
		String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
		if (YAML.contains(media)) {
			return true;
		}
		if (media.equals("application/json") || media.endsWith("+json") || media.equals("text/json")) {
			return false;
		}
		throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE,
				"Content-Type must be application/json or application/yaml");
	}

	static String etag(String text) {
		return '"' + HexFormat.of().formatHex(Sha256.of(text)) + '"';
	}

	/**
	 * A manifest that has been worked on.
	 *
	 * @param raw whether it came as it is, not inside JSON
	 */
	record Done(InstrumentResult result, boolean raw, @Nullable String companion) {

		String etag() {
			return Workflow.etag(this.result.text());
		}

	}

}
