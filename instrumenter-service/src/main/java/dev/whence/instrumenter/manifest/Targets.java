package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.whence.instrumenter.language.Confidence;
import dev.whence.instrumenter.language.ContainerFacts;
import dev.whence.instrumenter.language.ContainerRole;
import dev.whence.instrumenter.language.Detection;
import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.manifest.WorkloadReport.Action;
import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import org.jspecify.annotations.Nullable;

/**
 * Decides which containers of a pod get which agent, and says why the others do not. The
 * decision is the same with the operator and without it.
 *
 * @param chosen the containers to instrument, in their order
 * @param reports what happens to all the others
 * @param several whether the pod has or will have more than one container, so that names
 * are needed
 */
record Targets(List<Target> chosen, List<WorkloadReport> reports, List<Finding> findings, boolean several) {

	private static final Set<String> INJECTED = Set.of("opentelemetry-auto-instrumentation-java",
			"opentelemetry-auto-instrumentation-nodejs", "opentelemetry-auto-instrumentation-python",
			"opentelemetry-auto-instrumentation-dotnet", "opentelemetry-auto-instrumentation",
			"otel-agent-attach-apache", "otel-agent-source-container-clone");

	/** More containers than any node would run; what is beyond is not a pod. */
	static final int MOST_CONTAINERS = 500;

	private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");

	/** A container that gets an agent. */
	record Target(Mapping container, ContainerFacts facts, Language language, Detection detection) {

		/** The container's name, null where it has none. */
		@Nullable String name() {
			return this.facts.name().isEmpty() ? null : this.facts.name();
		}

		boolean isAlpine() {
			return this.facts.image() != null && this.facts.image().value().contains("alpine");
		}

		boolean hasUsableName() {
			return NAME.matcher(this.facts.name()).matches();
		}

	}

	static Targets choose(Workload workload, PodTemplate pod, InstrumentOptions options) {
		Choice choice = new Choice(workload, pod, options);
		choice.all();
		return new Targets(choice.chosen, choice.reports, choice.findings,
				pod.containers().size() > 1 || pod.asksForProxy());
	}

	/** The languages chosen, in a fixed order. */
	Set<Language> languages() {
		Set<Language> languages = new TreeSet<>();
		this.chosen.forEach((target) -> languages.add(target.language()));
		return languages;
	}

	List<Target> of(Language language) {
		return this.chosen.stream().filter((target) -> target.language() == language).toList();
	}

	/** One pass over a pod's containers. */
	private static final class Choice {

		private final Workload workload;

		private final PodTemplate pod;

		private final InstrumentOptions options;

		private final Annotations annotations;

		private final ContainerLists lists;

		private final List<Target> chosen = new ArrayList<>();

		private final List<WorkloadReport> reports = new ArrayList<>();

		private final List<Finding> findings = new ArrayList<>();

		Choice(Workload workload, PodTemplate pod, InstrumentOptions options) {
			this.workload = workload;
			this.pod = pod;
			this.options = options;
			this.annotations = Annotations.of(pod.annotations());
			this.lists = new ContainerLists(pod.annotations());
		}

		void all() {
			if (this.pod.containers().size() > MOST_CONTAINERS) {
				report(null, nothing(), Action.REFUSED, Rule.UNSAFE_EDIT);
				return;
			}
			Rule blocked = blocked();
			for (Mapping container : this.pod.containers()) {
				one(container, blocked);
			}
			if (blocked != null) {
				this.findings.add(Finding.of(blocked, this.workload));
			}
			if (this.pod.containers().isEmpty()) {
				report(null, nothing(), (blocked != null) ? Action.ALREADY : Action.UNKNOWN, null);
			}
		}

		private @Nullable Rule blocked() {
			if (!this.annotations.malformed().isEmpty()) {
				return Rule.VALUE_NOT_STRING;
			}
			if (this.pod.isWindows()) {
				return Rule.WINDOWS;
			}
			boolean injected = this.pod.initContainers().stream().anyMatch(Choice::isAgent)
					|| this.pod.containers().stream().anyMatch(Choice::isAgent)
					|| this.pod.containers()
						.stream()
						.anyMatch((container) -> this.pod.facts(container)
							.environment()
							.stream()
							.anyMatch((variable) -> variable.value().equals("OTEL_RESOURCE_ATTRIBUTES_NODE_NAME")));
			return (injected || !this.annotations.enabled().isEmpty()) ? Rule.ALREADY : null;
		}

		private static boolean isAgent(Mapping container) {
			String name = container.text("name");
			return name != null && INJECTED.contains(name);
		}

		private void one(Mapping container, @Nullable Rule blocked) {
			ContainerFacts facts = this.pod.facts(container);
			ContainerRole role = this.options.detector().role(this.workload.name(), facts);
			Detection detection = this.options.detector().detect(this.workload.name(), facts);
			if (role != ContainerRole.APPLICATION) {
				listedAllTheSame(facts);
				report(facts, detection, Action.SKIPPED_INFRA,
						(role == ContainerRole.INFRASTRUCTURE) ? Rule.SKIPPED_INFRA : null);
				return;
			}
			if (blocked != null) {
				whenBlocked(facts, detection, blocked);
				return;
			}
			Language language = detection.language();
			if (detection.conflict()) {
				report(facts, detection, Action.CONFLICT, Rule.CONFLICT);
			}
			else if (language == null) {
				report(facts, detection, Action.UNKNOWN, Rule.UNKNOWN_LANGUAGE);
			}
			else if (detection.confidence().compareTo(this.options.minConfidence()) < 0) {
				report(facts, detection, Action.UNKNOWN, Rule.LOW_CONFIDENCE);
			}
			else if (!language.hasAgent()) {
				report(facts, detection, Action.REFUSED,
						(this.options.mode() == InstrumentMode.OPERATOR_FREE) ? Rule.UNSUPPORTED : Rule.GO_TARGET);
			}
			else if (this.annotations.declined().contains(language.id())) {
				report(facts, detection, Action.OPTED_OUT, Rule.OPTED_OUT);
			}
			else if (isLeftOut(facts, language.id())) {
				report(facts, detection, Action.OPTED_OUT, Rule.NOT_LISTED);
			}
			else {
				this.chosen.add(new Target(container, facts, language, detection));
			}
		}

		/** With the operator, a list that is there is the author's wish. */
		private boolean isLeftOut(ContainerFacts facts, String language) {
			Set<String> listed = this.lists.of(language);
			return this.options.mode() != InstrumentMode.OPERATOR_FREE && listed != null
					&& !listed.contains(facts.name());
		}

		/** The operator looks at a list alone, not at what the container is. */
		private void listedAllTheSame(ContainerFacts facts) {
			Entry list = this.lists.naming(facts.name());
			if (list != null) {
				this.findings.add(Finding.of(Rule.LISTED_OTHER, this.workload, list.key().at().line() + 1, facts.name(),
						"annotations"));
			}
		}

		private void whenBlocked(ContainerFacts facts, Detection detection, Rule blocked) {
			if (blocked != Rule.ALREADY) {
				report(facts, detection, Action.REFUSED, null);
				return;
			}
			Map<String, ?> enabled = this.annotations.enabled();
			Language language = detection.language();
			boolean other = language != null && detection.confidence().compareTo(Confidence.HIGH) >= 0
					&& !enabled.isEmpty() && !enabled.containsKey("sdk") && !enabled.containsKey(language.id());
			if (!enabled.isEmpty() && enabled.keySet().stream().allMatch((each) -> isLeftOut(facts, each))) {
				report(facts, detection, Action.OPTED_OUT, Rule.NOT_LISTED);
			}
			else if (other) {
				report(facts, detection, Action.CONFLICT, Rule.OTHER_LANGUAGE);
			}
			else {
				report(facts, fromAnnotation(detection), Action.ALREADY, null);
			}
		}

		/**
		 * An annotation is as good as a person's word, if it speaks of one language only.
		 */
		private Detection fromAnnotation(Detection detection) {
			if (detection.language() != null || this.annotations.enabled().size() != 1) {
				return detection;
			}
			return Language.parse(this.annotations.enabled().keySet().iterator().next())
				.map((language) -> Detection.of(language, Confidence.EXPLICIT))
				.orElse(detection);
		}

		private static Detection nothing() {
			return new Detection(null, Confidence.NONE, false, List.of());
		}

		private void report(@Nullable ContainerFacts facts, Detection detection, Action action, @Nullable Rule rule) {
			String container = (facts != null && !facts.name().isEmpty()) ? facts.name() : null;
			this.reports.add(WorkloadReport.of(this.workload, container, detection, action, List.of()));
			if (rule != null) {
				int line = (facts != null && facts.image() != null) ? facts.image().line() : this.workload.line();
				this.findings.add(Finding.of(rule, this.workload, line, container, null));
			}
		}

	}

}
