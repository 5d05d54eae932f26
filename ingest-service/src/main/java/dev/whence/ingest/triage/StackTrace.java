package dev.whence.ingest.triage;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the place in the application's own code where an exception was thrown, in stack
 * traces as Java, Python, Go, Node.js and .NET print them. Line numbers, arguments and
 * what compilers number are left out: they change with every build. Each line is looked
 * at once.
 */
final class StackTrace {

	/** Frames further down do not matter, and hostile texts end somewhere. */
	private static final int LONGEST = 65_536;

	private static final int LONGEST_LINE = 600;

	/**
	 * Packages of languages, frameworks and drivers; with a dot, so that no name begins
	 * alike.
	 */
	private static final List<String> FOREIGN = List.of("java.", "javax.", "jakarta.", "jdk.", "sun.", "com.sun.",
			"kotlin.", "kotlinx.", "scala.", "akka.", "groovy.", "clojure.", "org.springframework.", "org.apache.",
			"org.hibernate.", "org.eclipse.", "org.jboss.", "org.glassfish.", "org.postgresql.", "org.slf4j.",
			"org.redisson.", "org.mongodb.", "com.mongodb.", "com.mysql.", "com.zaxxer.", "com.fasterxml.",
			"com.google.common.", "com.google.protobuf.", "com.google.inject.", "com.netflix.", "tools.jackson.",
			"io.netty.", "io.grpc.", "io.vertx.", "io.quarkus.", "io.micronaut.", "io.micrometer.", "io.undertow.",
			"io.lettuce.", "io.opentelemetry.", "io.reactivex.", "redis.clients.", "reactor.", "rx.", "okhttp3.",
			"retrofit2.", "ch.qos.", "feign.", "System.", "Microsoft.", "Npgsql.", "Newtonsoft.", "Grpc.", "Dapper.",
			"Polly.", "StackExchange.", "runtime.", "internal/", "net/", "database/", "encoding/", "google.golang.org/",
			"golang.org/", "panic(");

	/** Directories of what was installed rather than written. */
	private static final List<String> INSTALLED = List.of("/site-packages/", "/dist-packages/", "/lib/python",
			"node_modules", "node:", "internal/", "/go/pkg/mod/", "/usr/local/go/", "/vendor/", "/libexec/", "<frozen",
			"<string>", "<anonymous>", "\\Lib\\", "/golang/");

	private static final Pattern NUMBERED = Pattern.compile("\\d+");

	private StackTrace() {
	}

	/** The innermost frame of the application, or an empty text. */
	static String topFrame(String text) {
		String python = "";
		String goFunction = "";
		int from = 0;
		int end = Math.min(text.length(), LONGEST);
		while (from < end) {
			int newline = text.indexOf('\n', from);
			int to = (newline < 0 || newline > end) ? end : newline;
			String line = text.substring(from, Math.min(to, from + LONGEST_LINE));
			String bare = line.strip();
			if (bare.startsWith("at ")) {
				String frame = frameOf(bare.substring(3));
				if (!frame.isEmpty()) {
					return frame;
				}
			}
			else if (bare.startsWith("File \"")) {
				// The innermost comes last.
				String frame = pythonFrame(bare);
				python = frame.isEmpty() ? python : frame;
			}
			else if (line.startsWith("\t") && bare.contains(".go:") && !goFunction.isEmpty()) {
				if (!isInstalled(bare)) {
					return goFunction;
				}
			}
			else {
				goFunction = goFunction(line);
			}
			from = to + 1;
		}
		return python;
	}

	// Java "shop/org.example.Pay.charge(Pay.java:12)", Node.js "async Pay.charge
	// (/app/pay.js:12:5)" and .NET "Shop.Pay.Charge(Order o) in /src/Pay.cs:line 12"
	private static String frameOf(String frame) {
		int bracket = frame.indexOf('(');
		if (bracket < 0 || bracket > 0 && frame.charAt(bracket - 1) == ' ' || frame.startsWith("/")
				|| frame.startsWith("file:")) {
			return nodeFrame(frame, bracket);
		}
		String function = frame.substring(0, bracket);
		// Java's module or class loader
		function = function.substring(function.lastIndexOf('/') + 1);
		return isForeign(function) ? "" : withoutNumbers(function);
	}

	private static String nodeFrame(String frame, int bracket) {
		int to = frame.endsWith(")") ? frame.length() - 1 : frame.length();
		String place = frame.substring((bracket < 0) ? 0 : bracket + 1, Math.max(to, bracket + 1));
		if (place.indexOf(':') < 0 || isInstalled(place)) {
			return "";
		}
		String function = (bracket <= 0) ? "" : frame.substring(0, bracket).strip();
		function = function.startsWith("async ") ? function.substring(6) : function;
		return withoutNumbers(tail(beforeNumbers(place)) + ":" + function);
	}

	private static String pythonFrame(String line) {
		int to = line.indexOf('"', 6);
		if (to < 0 || isInstalled(line.substring(6, to))) {
			return "";
		}
		int in = line.indexOf(", in ", to);
		return withoutNumbers(tail(line.substring(6, to)) + ((in < 0) ? "" : ":" + line.substring(in + 5)));
	}

	/** "shop.example/pay.(*Desk).Charge(0xc000012345)" without its arguments. */
	private static String goFunction(String line) {
		String bare = line.startsWith("created by ") ? "" : line.stripTrailing();
		if (!bare.endsWith(")")
				|| bare.indexOf(' ') >= 0 && !bare.contains("{") && bare.indexOf(' ') < bare.lastIndexOf('(')
				|| isForeign(bare)) {
			return "";
		}
		return withoutNumbers(bare.substring(0, bare.lastIndexOf('(')));
	}

	private static boolean isForeign(String function) {
		return FOREIGN.stream().anyMatch(function::startsWith);
	}

	private static boolean isInstalled(String place) {
		return INSTALLED.stream().anyMatch(place::contains);
	}

	/** Without ":12:5" at the end. */
	private static String beforeNumbers(String place) {
		int to = place.length();
		while (to > 0 && (Character.isDigit(place.charAt(to - 1)) || place.charAt(to - 1) == ':')) {
			to--;
		}
		return place.substring(0, to);
	}

	/** The file and its directory: where the application is installed does not matter. */
	private static String tail(String path) {
		String unix = path.replace('\\', '/');
		int slash = unix.lastIndexOf('/');
		return unix.substring(unix.lastIndexOf('/', slash - 1) + 1);
	}

	private static String withoutNumbers(String frame) {
		return NUMBERED.matcher(frame).replaceAll("");
	}

}
