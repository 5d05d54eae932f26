package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.manifest.Snippet.Fields;
import dev.whence.instrumenter.manifest.Snippet.Items;
import dev.whence.instrumenter.manifest.Targets.Target;
import dev.whence.instrumenter.manifest.WorkloadReport.Action;
import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import dev.whence.instrumenter.manifest.YamlNode.Scalar;
import dev.whence.instrumenter.manifest.YamlNode.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Puts agents in without the operator: a container that copies the agent into a volume,
 * and the environment that loads it.
 */
final class OperatorFreeMode {

	private static final List<String> KEYS = List.of("initContainers", "volumes", "env", "volumeMounts");

	private final Manifest manifest;

	private final Workload workload;

	private final Mapping template;

	private final PodTemplate pod;

	private final InstrumentOptions options;

	private final Splicer splicer;

	private final List<Splice> splices = new ArrayList<>();

	private final Provenance provenance = Provenance.empty();

	private OperatorFreeMode(Manifest manifest, Workload workload, Mapping template, InstrumentOptions options) {
		this.manifest = manifest;
		this.workload = workload;
		this.template = template;
		this.pod = new PodTemplate(workload.document(), template);
		this.options = options;
		this.splicer = new Splicer(manifest.source(), AnnotationPlace.layout(manifest.source(), workload, template));
	}

	static Outcome plan(Manifest manifest, Workload workload, Mapping template, InstrumentOptions options) {
		return new OperatorFreeMode(manifest, workload, template, options).plan();
	}

	private Outcome plan() {
		Targets targets = Targets.choose(this.workload, this.pod, this.options);
		List<Finding> findings = new ArrayList<>(targets.findings());
		List<WorkloadReport> reports = new ArrayList<>(targets.reports());
		List<Target> done = new ArrayList<>();
		try {
			if (!this.manifest.helm().isEmpty() && !targets.chosen().isEmpty()) {
				throw new UnsafeEditException(Rule.TEMPLATE, "lists of a template may have more items");
			}
			for (Target target : targets.chosen()) {
				Rule refusal = container(target, findings);
				if (refusal == null) {
					done.add(target);
				}
				else {
					findings.add(Finding.of(refusal, this.workload, target.container().at().line() + 1,
							target.facts().name(), (refusal == Rule.NAME_TAKEN) ? "volumes" : "env"));
					reports.add(report(target, Action.REFUSED));
				}
			}
			if (done.isEmpty()) {
				return Outcome.unchanged(findings, reports);
			}
			pod(done);
			if (this.pod.annotations().containsKey(Provenance.KEY)) {
				throw new UnsafeEditException("an old " + Provenance.KEY + " annotation is still there");
			}
			this.splices
				.add(new AnnotationPlace(this.manifest, this.workload, this.template).add(Map.of(), this.provenance));
			done.forEach((target) -> reports.add(report(target, Action.INJECTED)));
			return new Outcome(this.splices, findings, reports, false);
		}
		catch (UnsafeEditException ex) {
			findings.add(Finding.of(ex.rule(), this.workload));
			targets.chosen().forEach((target) -> reports.add(report(target, Action.REFUSED)));
			return Outcome.refused(findings, reports);
		}
	}

	private WorkloadReport report(Target target, Action action) {
		return WorkloadReport.of(this.workload, target.name(), target.detection(), action,
				(action == Action.INJECTED) ? KEYS : List.of());
	}

	/** Plans one container; says why if its environment cannot be extended. */
	private @Nullable Rule container(Target target, List<Finding> findings) {
		Mapping container = target.container();
		if (!target.hasUsableName()) {
			return Rule.NO_RECIPE;
		}
		if (this.workload.document().leaks(container) || !isItem(container)) {
			throw new UnsafeEditException(Rule.LEAK, "the container is used elsewhere");
		}
		AgentRecipe recipe = recipe(target);
		if (isTaken(container, recipe)) {
			return Rule.NAME_TAKEN;
		}
		Environment environment;
		try {
			environment = Environment.plan(this.manifest.source(), this.workload, this.pod, target, recipe,
					this.options.endpoint());
		}
		catch (UnsafeEditException ex) {
			return ex.rule();
		}
		if (container.find("envFrom") != null) {
			findings.add(Finding.of(Rule.ENV_FROM, this.workload, container.at().line() + 1, target.facts().name(),
					"envFrom"));
		}
		if (environment.kept().containsKey("OTEL_RESOURCE_ATTRIBUTES")) {
			findings.add(Finding.of(Rule.RESOURCE_ATTRIBUTES, this.workload, container.at().line() + 1,
					target.facts().name(), "env"));
		}
		checkEndpoint(target, findings);
		String name = target.facts().name();
		environment.kept().forEach((variable, how) -> this.provenance.had().put(name + "/" + variable, how));
		this.splices.addAll(environment.splices());
		Map<String, List<Fields>> lists = new LinkedHashMap<>();
		lists.put("env", environment.added());
		lists.put("volumeMounts", List.of(recipe.mountedAt(recipe.mount())));
		into(null, container, lists, name + "/");
		this.provenance.agents().computeIfAbsent(target.language(), (language) -> new ArrayList<>()).add(name);
		return null;
	}

	/**
	 * Whether the author has a volume of the agent's name, or something mounted where the
	 * agent goes.
	 */
	private boolean isTaken(Mapping container, AgentRecipe recipe) {
		Mapping spec = this.pod.spec();
		return (spec != null && this.pod.items(spec, "volumes").stream().anyMatch(recipe::isNamedAlike))
				|| this.pod.items(container, "volumeMounts")
					.stream()
					.anyMatch((mount) -> recipe.isNamedAlike(mount) || recipe.isMountedAlike(mount.text("mountPath")))
				|| this.pod.items(container, "volumeDevices")
					.stream()
					.anyMatch((device) -> recipe.isMountedAlike(device.text("devicePath")));
	}

	/** What the container sends to, and how, once the rest of its environment counts. */
	private void checkEndpoint(Target target, List<Finding> findings) {
		String endpoint = this.options.endpoint();
		String protocol = "http/protobuf";
		for (Mapping variable : this.pod.items(target.container(), "env")) {
			String name = variable.text("name");
			if ("OTEL_EXPORTER_OTLP_ENDPOINT".equals(name)) {
				endpoint = Objects.requireNonNullElse(variable.text("value"), "");
			}
			else if ("OTEL_EXPORTER_OTLP_PROTOCOL".equals(name)) {
				protocol = Objects.requireNonNullElse(variable.text("value"), "");
			}
		}
		boolean grpc = protocol.equals("grpc");
		if (!protocol.isEmpty() && (grpc ? Endpoint.isHttp(endpoint) : Endpoint.isGrpc(endpoint))) {
			findings.add(finding(Rule.GRPC_PORT, target));
		}
		if (!grpc && Endpoint.hasSignalPath(endpoint)) {
			findings.add(finding(Rule.ENDPOINT_PATH, target));
		}
	}

	private Finding finding(Rule rule, Target target) {
		return Finding.of(rule, this.workload, target.container().at().line() + 1, target.facts().name(),
				"env.OTEL_EXPORTER_OTLP_ENDPOINT");
	}

	/**
	 * Whether the container is written in this template, not merged or aliased into it.
	 */
	private boolean isItem(Mapping container) {
		Entry spec = own(this.template, "spec");
		Entry containers = (spec != null && spec.value() instanceof Mapping mapping) ? own(mapping, "containers")
				: null;
		return containers != null && containers.value() instanceof Sequence sequence
				&& !this.workload.document().leaks(sequence)
				&& sequence.items().stream().anyMatch((item) -> item == container);
	}

	private void pod(List<Target> done) {
		Entry entry = own(this.template, "spec");
		if (entry == null || !(entry.value() instanceof Mapping spec) || this.workload.document().leaks(spec)) {
			throw new UnsafeEditException(Rule.LEAK, "the pod's spec is used elsewhere");
		}
		Map<Language, Target> first = new LinkedHashMap<>();
		done.forEach((target) -> first.putIfAbsent(target.language(), target));
		List<Fields> volumes = new ArrayList<>();
		List<Fields> copies = new ArrayList<>();
		first.forEach((language, target) -> {
			AgentRecipe recipe = recipe(target);
			volumes.add(recipe.volume());
			copies.add(recipe.initContainer(this.options.images(), target.isAlpine(), security(target)));
		});
		Map<String, List<Fields>> lists = new LinkedHashMap<>();
		lists.put("initContainers", copies);
		lists.put("volumes", volumes);
		into(entry, spec, lists, "");
	}

	/** Puts items into lists of a mapping, making the lists that are not there. */
	private void into(@Nullable Entry owner, Mapping mapping, Map<String, List<Fields>> lists, String place) {
		Map<String, Snippet> made = new LinkedHashMap<>();
		lists.forEach((key, items) -> {
			Entry entry = own(mapping, key);
			if (items.isEmpty()) {
				return;
			}
			if (entry == null) {
				made.put(key, new Items(items));
			}
			else if (entry.value() instanceof Scalar none && none.isNull()) {
				this.provenance.had().put(place + key, none.value());
				this.splices.add(this.splicer.intoNull(entry, none, mapping.flow(), new Items(items)));
			}
			else if (entry.value() instanceof Sequence sequence && !this.workload.document().leaks(sequence)) {
				if (sequence.items().isEmpty()) {
					this.provenance.had().put(place + key, "[]");
				}
				this.splices.add(this.splicer.intoSequence(entry, sequence, items));
			}
			else {
				throw new UnsafeEditException(Rule.NOT_A_MAPPING, key + " is no list of its own");
			}
		});
		if (!made.isEmpty()) {
			this.splices.add(this.splicer.intoMapping(owner, mapping, made));
		}
	}

	private @Nullable Entry own(Mapping mapping, String key) {
		if (mapping.count(key) > 1) {
			throw new UnsafeEditException(Rule.DUPLICATE_KEY, key + " stands there twice");
		}
		Entry entry = mapping.find(key);
		if (entry == null && mapping.find("<<") != null) {
			throw new UnsafeEditException(Rule.MERGE, key + " may come from a merge key");
		}
		return entry;
	}

	private static AgentRecipe recipe(Target target) {
		return AgentRecipe.of(target.language(), target.facts().name(), target.isAlpine());
	}

	private @Nullable Snippet security(Target target) {
		YamlNode context = this.pod.value(target.container(), "securityContext");
		return (context instanceof Mapping) ? copy(context, 0) : null;
	}

	/** A small value written out again; null if it refers elsewhere. */
	private static @Nullable Snippet copy(YamlNode node, int depth) {
		if (depth > 6) {
			return null;
		}
		return switch (node) {
			case Scalar scalar -> (scalar.plain() && !scalar.isString() && scalar.tag() == null)
					? new Snippet.Bare(scalar.value().isEmpty() ? "null" : scalar.value())
					: Snippet.text(scalar.value());
			case Mapping mapping -> {
				Map<String, Snippet> fields = new LinkedHashMap<>();
				for (Entry entry : mapping.entries()) {
					String name = entry.name();
					Snippet value = copy(entry.value(), depth + 1);
					if (name == null || value == null || !name.matches("[A-Za-z]{1,60}")) {
						yield null;
					}
					fields.put(name, value);
				}
				yield new Fields(fields);
			}
			case Sequence sequence -> {
				List<Snippet> items = new ArrayList<>();
				for (YamlNode item : sequence.items()) {
					Snippet value = copy(item, depth + 1);
					if (value == null) {
						yield null;
					}
					items.add(value);
				}
				yield new Items(items);
			}
			case YamlNode.Alias alias -> null;
		};
	}

}
