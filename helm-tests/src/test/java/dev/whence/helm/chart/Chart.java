package dev.whence.helm.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.Secret;

/** The chart of this repository, rendered by Helm itself. */
public final class Chart {

	public static final String RELEASE = "whence";

	public static final String NAMESPACE = "observability";

	/** The least that the chart asks for is 1.30. */
	public static final String KUBERNETES = "1.34.0";

	private static final Map<Values, Rendered> RENDERED = new ConcurrentHashMap<>();

	static {
		ApiServer.start();
	}

	private Chart() {
	}

	/** The folder with {@code Chart.yaml}. */
	public static Path folder() {
		return root().resolve("helm");
	}

	/** The folder of the repository; tests run in a module below it. */
	public static Path root() {
		return Path.of("").toAbsolutePath().getParent();
	}

	/**
	 * What the values make of the chart.
	 * @throws IllegalStateException with Helm's words, where it refuses
	 */
	public static Rendered render(Values values) {
		return RENDERED.computeIfAbsent(values, (key) -> Rendered.of(template(folder(), key)));
	}

	/** The same in a namespace that has the Secret already. */
	public static Rendered renderBeside(Secret kept, Values values) {
		ApiServer.keep(kept);
		try {
			return Rendered.of(template(folder(), values));
		}
		finally {
			ApiServer.forget(kept);
		}
	}

	/**
	 * The same with hooks, which the library leaves out: rendered from a copy of the
	 * chart in which they are none.
	 */
	public static Rendered renderWithHooks(Values values) {
		try {
			Path copy = Files.createTempDirectory(Files.createDirectories(Path.of("target", "charts")), "chart");
			try (Stream<Path> files = Files.walk(folder())) {
				for (Path file : files.filter(Files::isRegularFile).toList()) {
					Path target = copy.resolve(folder().relativize(file));
					Files.createDirectories(target.getParent());
					Files.writeString(target,
							Files.readString(file).replaceAll("(?m)^ *helm\\.sh/hook[a-z-]*: .*\\R", ""));
				}
			}
			return Rendered.of(template(copy, values));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What {@code helm install} prints at its end. */
	public static String notes(Values values) {
		InstallCommand command = new Helm(folder()).install()
			.clientOnly()
			.dryRun()
			.withDryRunOption(DryRun.CLIENT)
			.withName(RELEASE)
			.withNamespace(NAMESPACE)
			.withKubeVersion(KUBERNETES);
		values.files().forEach(command::withValuesFile);
		values.settings().forEach(command::set);
		String output = command.call().getOutput();
		return output.substring(output.indexOf("NOTES:"));
	}

	public static LintResult lint(Path folder) {
		return new Helm(folder).lint().strict().call();
	}

	private static String template(Path folder, Values values) {
		TemplateCommand command = new Helm(folder).template()
			.withName(RELEASE)
			.withNamespace(NAMESPACE)
			.withKubeVersion(KUBERNETES);
		values.files().forEach(command::withValuesFile);
		values.settings().forEach(command::set);
		return command.call();
	}

	/**
	 * What an operator says.
	 *
	 * @param files from the least to the most important
	 * @param settings above them, as {@code --set} takes them
	 */
	public record Values(List<Path> files, Map<String, String> settings) {

		/** A file of this module's {@code values}, by its name. */
		public static Values of(String name) {
			return new Values(List.of(Path.of("src/test/resources/values/" + name + ".yaml").toAbsolutePath()),
					Map.of());
		}

		/** {@code helm/values-demo.yaml}. */
		public static Values demo() {
			return new Values(List.of(folder().resolve("values-demo.yaml")), Map.of());
		}

		public static Values none() {
			return new Values(List.of(), Map.of());
		}

		public Values with(String name, String value) {
			Map<String, String> more = new LinkedHashMap<>(this.settings);
			more.put(name, value);
			return new Values(this.files, more);
		}

		public Values above(Values other) {
			List<Path> all = new ArrayList<>(other.files);
			all.addAll(this.files);
			return new Values(all, this.settings);
		}

		@Override
		public String toString() {
			return this.files.stream().map((file) -> file.getFileName().toString()).toList() + " "
					+ (this.settings.isEmpty() ? "" : this.settings);
		}

	}

}
