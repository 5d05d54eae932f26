package dev.whence.instrumenter.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.whence.instrumenter.language.ContainerFacts.Fact;
import org.jspecify.annotations.Nullable;

/**
 * The rules that judge a container by its own words. Each was measured against labelled
 * containers of public demo systems before it was let in; ports were measured too (41 to
 * 54 % right) and are not among them.
 */
final class LanguageRules {

	private static final Map<String, Language> IMAGES = Map.ofEntries(Map.entry("eclipse-temurin", Language.JAVA),
			Map.entry("openjdk", Language.JAVA), Map.entry("amazoncorretto", Language.JAVA),
			Map.entry("zulu-openjdk", Language.JAVA), Map.entry("zulu-openjdk-alpine", Language.JAVA),
			Map.entry("ibm-semeru-runtimes", Language.JAVA), Map.entry("ibmjava", Language.JAVA),
			Map.entry("sapmachine", Language.JAVA), Map.entry("liberica-openjdk-alpine", Language.JAVA),
			Map.entry("liberica-openjre-debian", Language.JAVA), Map.entry("adoptopenjdk", Language.JAVA),
			Map.entry("tomcat", Language.JAVA), Map.entry("jetty", Language.JAVA),
			Map.entry("open-liberty", Language.JAVA), Map.entry("wildfly", Language.JAVA),
			Map.entry("node", Language.NODEJS), Map.entry("python", Language.PYTHON),
			Map.entry("pypy", Language.PYTHON), Map.entry("golang", Language.GO));

	private static final Map<String, Language> TOKENS = Map.ofEntries(Map.entry("java", Language.JAVA),
			Map.entry("jvm", Language.JAVA), Map.entry("spring", Language.JAVA), Map.entry("springboot", Language.JAVA),
			Map.entry("quarkus", Language.JAVA), Map.entry("kotlin", Language.JAVA), Map.entry("node", Language.NODEJS),
			Map.entry("nodejs", Language.NODEJS), Map.entry("express", Language.NODEJS),
			Map.entry("nestjs", Language.NODEJS), Map.entry("python", Language.PYTHON),
			Map.entry("python3", Language.PYTHON), Map.entry("django", Language.PYTHON),
			Map.entry("flask", Language.PYTHON), Map.entry("fastapi", Language.PYTHON),
			Map.entry("dotnet", Language.DOTNET), Map.entry("aspnet", Language.DOTNET),
			Map.entry("aspnetcore", Language.DOTNET), Map.entry("aspnetapp", Language.DOTNET),
			Map.entry("csharp", Language.DOTNET), Map.entry("golang", Language.GO), Map.entry("go", Language.GO));

	/**
	 * Words that, in one name with a language's, make it a tool about the language or a
	 * machine.
	 */
	private static final Set<String> TOKEN_STOPS = Set.of("exporter", "csi", "calico", "driver", "problem", "detector",
			"local", "dns", "feature", "discovery", "termination", "operator", "native", "graalvm", "agent", "client",
			"sdk", "instrumentation", "autoinstrumentation", "builder", "buildpack", "runner", "debug", "init");

	private static final Pattern JAVA_TAG = Pattern.compile("(?:^|.*[-_.])(?:jre|jdk|java)-?\\d*(?:[-_.].*|$)");

	private static final Pattern PYTHON = Pattern.compile("python(?:[23](?:\\.\\d+)?)?");

	private static final Pattern SHELL = Pattern.compile("(?:ba|da|a|z|k)?sh");

	private static final Pattern COMMAND_END = Pattern.compile("[\\n;|&]+");

	private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*");

	private LanguageRules() {
	}

	/** Evidence that decides on its own. */
	static List<Evidence> decisive(ContainerFacts facts) {
		List<Evidence> found = new ArrayList<>();
		command(facts, found);
		environment(facts, found);
		Fact image = facts.image();
		if (image != null) {
			ImageName name = ImageName.parse(image.value());
			add(found, "I1", officialImage(name), image);
			if (JAVA_TAG.matcher(name.tag()).matches() && !name.tag().contains("native")) {
				add(found, "I4", Language.JAVA, image);
			}
		}
		return found;
	}

	/** Evidence from names that people chose. */
	static List<Evidence> medium(ContainerFacts facts) {
		List<Evidence> found = new ArrayList<>();
		Fact image = facts.image();
		if (image != null) {
			List<String> path = ImageName.parse(image.value()).path();
			List<String> tokens = new ArrayList<>();
			for (String part : path.subList(Math.max(0, path.size() - 2), path.size())) {
				tokens.addAll(List.of(part.split("[-_.]")));
			}
			if (tokens.stream().noneMatch(TOKEN_STOPS::contains)) {
				tokens.forEach((token) -> add(found, "I3", TOKENS.get(token), image));
			}
		}
		return found;
	}

	private static void command(ContainerFacts facts, List<Evidence> found) {
		List<Fact> words = facts.command();
		if (words.isEmpty()) {
			return;
		}
		boolean shell = SHELL.matcher(program(words.getFirst().value())).matches();
		if (!shell) {
			add(found, "C1", runtime(words.getFirst().value()), words.getFirst());
		}
		for (Fact word : words) {
			if (shell) {
				for (String command : COMMAND_END.split(word.value())) {
					script(command, word, found);
				}
			}
			else {
				add(found, "C2", argument(word.value()), word);
			}
		}
	}

	/** One simple command of a shell script. */
	private static void script(String command, Fact fact, List<Evidence> found) {
		boolean first = true;
		Language runtime = null;
		for (String word : command.strip().split("\\s+")) {
			if (first) {
				if (word.equals("exec") || ASSIGNMENT.matcher(word).matches()) {
					continue;
				}
				first = false;
				runtime = runtime(word);
				add(found, "C1", runtime, fact);
			}
			else if (runtime != null) {
				add(found, "C2", argument(word), fact);
			}
		}
	}

	private static @Nullable Language runtime(String word) {
		String program = program(word);
		if (PYTHON.matcher(program).matches()) {
			return Language.PYTHON;
		}
		return switch (program) {
			case "java" -> Language.JAVA;
			case "node", "nodejs", "npm", "npx", "yarn", "pnpm", "pm2", "pm2-runtime" -> Language.NODEJS;
			case "gunicorn", "uvicorn", "hypercorn", "celery", "flask", "django-admin" -> Language.PYTHON;
			case "dotnet" -> Language.DOTNET;
			default -> null;
		};
	}

	private static @Nullable Language argument(String word) {
		if (word.equals("-jar") || word.endsWith(".jar") || word.startsWith("-Xmx") || word.startsWith("-Xms")
				|| word.startsWith("-XX:")) {
			return Language.JAVA;
		}
		if (word.endsWith(".py")) {
			return Language.PYTHON;
		}
		return word.endsWith(".dll") ? Language.DOTNET : null;
	}

	private static String program(String word) {
		return word.substring(word.lastIndexOf('/') + 1);
	}

	private static void environment(ContainerFacts facts, List<Evidence> found) {
		Fact image = facts.image();
		boolean nativeImage = image != null && image.value().contains("native");
		for (Fact variable : facts.environment()) {
			String name = variable.value();
			add(found, "E1", runtimeVariable(name), variable);
			if (!nativeImage && (name.startsWith("SPRING_") || name.startsWith("QUARKUS_")
					|| name.startsWith("MICRONAUT_") || name.startsWith("EUREKA_"))) {
				add(found, "E2", Language.JAVA, variable);
			}
		}
	}

	private static @Nullable Language runtimeVariable(String name) {
		return switch (name) {
			case "JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JVM_OPTS", "JAVA_OPTIONS",
					"JAVA_HOME", "JVM_ARGS", "CATALINA_OPTS" ->
				Language.JAVA;
			case "NODE_ENV", "NODE_OPTIONS", "NODE_PATH" -> Language.NODEJS;
			case "PYTHONPATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE" -> Language.PYTHON;
			case "GOMAXPROCS", "GOMEMLIMIT", "GOGC" -> Language.GO;
			default -> {
				String upper = name.toUpperCase(Locale.ROOT);
				if (upper.startsWith("DJANGO_") || upper.startsWith("FLASK_")) {
					yield Language.PYTHON;
				}
				yield (upper.startsWith("ASPNETCORE_") || upper.startsWith("DOTNET_")) ? Language.DOTNET : null;
			}
		};
	}

	private static @Nullable Language officialImage(ImageName name) {
		List<String> path = name.path();
		if (path.contains("dotnet")) {
			return switch (name.base()) {
				case "aspnet", "runtime", "sdk", "runtime-deps" -> Language.DOTNET;
				default -> null;
			};
		}
		if (path.contains("distroless")) {
			String base = name.base();
			return base.startsWith("java") ? Language.JAVA
					: base.startsWith("nodejs") ? Language.NODEJS : base.startsWith("python") ? Language.PYTHON : null;
		}
		Language language = IMAGES.get(name.base());
		// A name as common as these only means the language if nobody stands before it.
		boolean common = name.base().equals("node") || name.base().equals("python");
		return (common && path.size() > 1) ? null : language;
	}

	private static void add(List<Evidence> found, String rule, @Nullable Language language, Fact fact) {
		if (language != null) {
			found.add(new Evidence(rule, language, fact.field(), fact.line()));
		}
	}

}
