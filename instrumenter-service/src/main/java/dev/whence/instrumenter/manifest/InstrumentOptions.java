package dev.whence.instrumenter.manifest;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.whence.instrumenter.language.Confidence;
import dev.whence.instrumenter.language.LanguageDetector;

/**
 * How to instrument. Whatever ends up in a manifest is checked here, so that no value can
 * break out of its quotes or of a comma-separated list.
 *
 * @param instrumentation the value of the inject annotations: {@code true}, or an
 * Instrumentation resource as {@code name} or {@code namespace/name}
 * @param minConfidence what a detected language must reach to be acted upon
 * @param kinds the kinds to touch; empty for all
 * @param endpoint where agents send in operator-free mode and in the companion resource
 * @param images where agent images come from
 */
public record InstrumentOptions(InstrumentMode mode, LanguageDetector detector, String instrumentation,
		Confidence minConfidence, Set<String> kinds, String endpoint, AgentImages images) {

	private static final Pattern INSTRUMENTATION = Pattern
		.compile("[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?(?:/[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?)?");

	private static final Pattern ENDPOINT = Pattern
		.compile("https?://[A-Za-z0-9](?:[-A-Za-z0-9.]{0,252})(?::\\d{1,5})?(?:/[-A-Za-z0-9._~/]{0,200})?");

	public static final String DEFAULT_ENDPOINT = "http://whence-gateway:4318";

	public InstrumentOptions {
		if (!INSTRUMENTATION.matcher(instrumentation).matches()) {
			throw new IllegalArgumentException("instrumentation must be true, a name, or namespace/name");
		}
		if (!isEndpoint(endpoint)) {
			throw new IllegalArgumentException("endpoint must be an http or https URL without query");
		}
		kinds = Set.copyOf(kinds);
	}

	/** Whether agents can be pointed at this address. */
	public static boolean isEndpoint(String text) {
		return ENDPOINT.matcher(text).matches();
	}

	/** Everything else as it is when nobody says otherwise. */
	public static InstrumentOptions of(InstrumentMode mode, LanguageDetector detector) {
		return new InstrumentOptions(mode, detector, "true", Confidence.HIGH, Set.of(), DEFAULT_ENDPOINT,
				AgentImages.DEFAULT);
	}

	public InstrumentOptions with(InstrumentMode other) {
		return new InstrumentOptions(other, this.detector, this.instrumentation, this.minConfidence, this.kinds,
				this.endpoint, this.images);
	}

	boolean covers(Workload workload) {
		return this.kinds.isEmpty() || this.kinds.contains(workload.kind())
				|| this.kinds.contains(workload.plainKind());
	}

	/**
	 * Agent images; pinned, because an unpinned tag would change what a manifest means.
	 *
	 * @param registry the repository's front part, to be replaced where there is no way
	 * to the Internet
	 */
	public record AgentImages(String registry, String java, String nodejs, String python, String dotnet) {

		private static final Pattern PART = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9._/:@]{0,250}");

		public static final AgentImages DEFAULT = new AgentImages("ghcr.io/open-telemetry/opentelemetry-operator",
				"2.30.0", "0.78.0", "0.64b0", "1.16.0");

		public AgentImages {
			for (String part : List.of(registry, java, nodejs, python, dotnet)) {
				if (!PART.matcher(part).matches()) {
					throw new IllegalArgumentException("an agent image's registry or version is not valid");
				}
			}
		}

		String image(String language, String version) {
			return this.registry + "/autoinstrumentation-" + language + (version.contains("sha256:") ? "@" : ":")
					+ version;
		}

	}

}
