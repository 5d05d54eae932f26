package dev.whence.instrumenter.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import dev.whence.instrumenter.manifest.Snippet.Items;
import dev.whence.instrumenter.manifest.Snippet.Layout;

/**
 * The Instrumentation resource that annotations refer to, exporting to Whence. Only
 * v1alpha1 is served by the operator. Python, .NET and Go speak OTLP over HTTP by default
 * and get the same endpoint; Whence takes HTTP for all of them.
 */
public final class CompanionResource {

	private CompanionResource() {
	}

	/** The resource as a document of its own, one for each namespace in the manifest. */
	public static String yaml(InstrumentOptions options, InstrumentResult result) {
		TreeSet<String> namespaces = new TreeSet<>();
		result.workloads().forEach((report) -> {
			String namespace = report.namespace();
			namespaces.add((namespace != null && namespace.matches("[a-z0-9][-a-z0-9]{0,62}")) ? namespace : "");
		});
		if (namespaces.isEmpty()) {
			namespaces.add("");
		}
		String wanted = options.instrumentation();
		StringBuilder out = new StringBuilder();
		for (String namespace : namespaces) {
			String name = wanted.equals("true") ? "whence" : wanted.substring(wanted.indexOf('/') + 1);
			String place = (wanted.indexOf('/') > 0) ? wanted.substring(0, wanted.indexOf('/')) : namespace;
			out.append(out.isEmpty() ? "" : "---\n").append(one(name, place, options.endpoint())).append('\n');
			if (wanted.indexOf('/') > 0) {
				break;
			}
		}
		return out.toString();
	}

	private static String one(String name, String namespace, String endpoint) {
		Map<String, Snippet> metadata = new LinkedHashMap<>();
		metadata.put("name", Snippet.text(name));
		if (!namespace.isEmpty()) {
			metadata.put("namespace", Snippet.text(namespace));
		}
		Snippet http = Snippet.fields("env",
				new Items(List.of(Snippet.fields("name", "OTEL_EXPORTER_OTLP_PROTOCOL", "value", "http/protobuf"))));
		Map<String, Snippet> resource = new LinkedHashMap<>();
		resource.put("apiVersion", Snippet.text("opentelemetry.io/v1alpha1"));
		resource.put("kind", Snippet.text("Instrumentation"));
		resource.put("metadata", new Snippet.Fields(metadata));
		resource.put("spec",
				Snippet.fields("exporter", Snippet.fields("endpoint", endpoint), "propagators",
						new Items(List.of(Snippet.text("tracecontext"), Snippet.text("baggage"))), "sampler",
						Snippet.fields("type", "parentbased_always_on"), "java", http, "nodejs", http, "python", http,
						"dotnet", http));
		return Snippet.block(resource, new Layout("\n", 2, 2, false), 0);
	}

}
