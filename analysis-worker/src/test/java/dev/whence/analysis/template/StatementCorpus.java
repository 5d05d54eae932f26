package dev.whence.analysis.template;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Log lines whose statements are known: each line of a resource is a statement, with
 * {@code {kind}} for a value and {@code {a|b}} for alternatives that a program would
 * print by one statement. Common statements come more often than rare ones.
 */
final class StatementCorpus {

	private static final String[] USERS = words("alice bob carol dave erin frank grace heidi ivan judy mallory niaj "
			+ "olivia peggy rupert sybil trent victor walter yvonne");

	private static final String[] TABLES = words(
			"orders customers items payments invoices stock carts coupons " + "reviews sessions");

	private static final String[] PROCESSES = words(
			"java postgres nginx chrome python redis node cron rsync kswapd " + "systemd dockerd");

	private static final String[] APPS = words(
			"browser.exe mail.exe sync.exe player.exe updater.exe chat.exe " + "backup.exe editor.exe");

	private static final String[] HOSTS = words("shop.example.com db.internal.example mail.example.org "
			+ "cache-a.prod.example.net auth.example.com files.office.example.com node-7.eu.example.net "
			+ "cdn.images.example.org");

	private static final String[] THREADS = words("main scheduler http-nio-8080-exec-3 http-nio-8080-exec-11 "
			+ "kafka-consumer pool-2-thread-7 ForkJoinPool-1-worker-3");

	private static final String[] PACKAGES = words("com.example.mail com.example.phone org.example.maps "
			+ "com.example.android.systemui net.example.player com.example.clock");

	private static final String[] PATHS = words(
			"/var/lib/app/data.bin /srv/files/invoice-2041.pdf /usr/lib/x/libfoo.so "
					+ "/home/alice/report.txt /var/log/app/current /tmp/upload-77 /etc/app/rules.conf");

	private static final String[] URLS = words("/ /index.html /api/orders/4711 /api/orders /cart?id=9&coupon=none "
			+ "/v2/54fadb412c4e40cdbaed9335e4c35a9e/servers/detail /login /static/css/site.css /favicon.ico");

	private static final String[] AGENTS = { "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101", "curl/8.5.0",
			"kube-probe/1.31", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X)" };

	private final Random random;

	private final List<String> statements;

	private StatementCorpus(String name, long seed) throws IOException {
		this.random = new Random(seed);
		try (InputStream in = StatementCorpus.class.getResourceAsStream("/statements/" + name + ".txt")) {
			this.statements = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		}
	}

	record Line(int statement, String text) {
	}

	static List<Line> lines(String name, int count, long seed) throws IOException {
		StatementCorpus corpus = new StatementCorpus(name, seed);
		List<Line> lines = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int statement = (int) (corpus.statements.size() * Math.pow(corpus.random.nextDouble(), 1.7));
			lines.add(new Line(statement, corpus.fill(corpus.statements.get(statement))));
		}
		return lines;
	}

	/** The share of lines whose group holds exactly the lines of their statement. */
	static double accuracy(List<Line> lines, List<String> groups) {
		Map<Integer, Set<Integer>> statements = new HashMap<>();
		Map<String, Set<Integer>> found = new HashMap<>();
		for (int i = 0; i < lines.size(); i++) {
			statements.computeIfAbsent(lines.get(i).statement(), (_) -> new HashSet<>()).add(i);
			found.computeIfAbsent(groups.get(i), (_) -> new HashSet<>()).add(i);
		}
		Set<Set<Integer>> exact = new HashSet<>(statements.values());
		return found.values().stream().filter(exact::contains).mapToInt(Set::size).sum() / (double) lines.size();
	}

	private String fill(String text) {
		StringBuilder filled = new StringBuilder();
		int at = 0;
		while (at < text.length()) {
			int end = (text.charAt(at) == '{') ? closing(text, at) : -1;
			if (end < 0) {
				filled.append(text.charAt(at++));
				continue;
			}
			String inner = text.substring(at + 1, end);
			String value = value(inner);
			filled.append((value != null) ? value : "{" + fill(inner) + "}");
			at = end + 1;
		}
		return filled.toString();
	}

	private static int closing(String text, int from) {
		int depth = 0;
		for (int i = from; i < text.length(); i++) {
			depth += (text.charAt(i) == '{') ? 1 : (text.charAt(i) == '}') ? -1 : 0;
			if (depth == 0) {
				return i;
			}
		}
		return -1;
	}

	private String value(String kind) {
		List<String> choices = new ArrayList<>();
		int depth = 0;
		int from = 0;
		for (int i = 0; i < kind.length(); i++) {
			depth += (kind.charAt(i) == '{') ? 1 : (kind.charAt(i) == '}') ? -1 : 0;
			if (depth == 0 && kind.charAt(i) == '|') {
				choices.add(kind.substring(from, i));
				from = i + 1;
			}
		}
		if (!choices.isEmpty()) {
			choices.add(kind.substring(from));
			return fill(choices.get(this.random.nextInt(choices.size())));
		}
		return switch (kind) {
			case "num" -> String.valueOf(number());
			case "float" -> number() + "." + this.random.nextInt(100);
			case "port" -> String.valueOf(1024 + this.random.nextInt(60000));
			case "ip" ->
				"10." + this.random.nextInt(256) + "." + this.random.nextInt(256) + "." + this.random.nextInt(256);
			case "mac" -> "52:54:00:ab:%02x:%02x".formatted(this.random.nextInt(256), this.random.nextInt(256));
			case "hex" -> "0x" + Long.toHexString(this.random.nextLong());
			case "hexw" -> Integer.toHexString(0x1000 + this.random.nextInt(0xefff));
			case "uuid" -> new java.util.UUID(this.random.nextLong(), this.random.nextLong()).toString();
			case "iso" -> "2026-03-01T10:%02d:%02d.%03dZ".formatted(this.random.nextInt(60), this.random.nextInt(60),
					this.random.nextInt(1000));
			case "clf" -> "01/Mar/2026:10:%02d:%02d +0000".formatted(this.random.nextInt(60), this.random.nextInt(60));
			case "clock" ->
				"%02d:%02d:%02d".formatted(this.random.nextInt(24), this.random.nextInt(60), this.random.nextInt(60));
			case "dur" -> number() + ((this.random.nextBoolean()) ? "ms" : ".5s");
			case "eth" -> "eth" + this.random.nextInt(4);
			case "dev" -> "sd" + (char) ('a' + this.random.nextInt(4)) + this.random.nextInt(3);
			case "lib" -> "lib" + any(PROCESSES) + ".so";
			case "user" -> any(USERS);
			case "table" -> any(TABLES);
			case "proc" -> any(PROCESSES);
			case "app" -> any(APPS);
			case "host" -> any(HOSTS);
			case "thread" -> any(THREADS);
			case "package" -> any(PACKAGES);
			case "path" -> any(PATHS);
			case "url" -> any(URLS);
			case "agent" -> any(AGENTS);
			case "client" -> "consumer-" + any(TABLES) + "-" + this.random.nextInt(9);
			case "conn" -> "PgConnection";
			default -> null;
		};
	}

	private int number() {
		return this.random.nextInt((this.random.nextInt(3) == 0) ? 10 : 100_000);
	}

	private String any(String[] words) {
		return words[this.random.nextInt(words.length)];
	}

	private static String[] words(String text) {
		return text.split(" ");
	}

}
