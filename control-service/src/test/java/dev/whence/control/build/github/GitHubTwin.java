package dev.whence.control.build.github;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * GitHub's Actions as far as builds use them, with a memory: what is dispatched is listed
 * afterwards. What goes wrong on the way is put in between with {@link #meet}.
 */
public final class GitHubTwin implements AutoCloseable {

	public static final String REPOSITORY = "acme/images";

	public static final String TOKEN = "ghp_twin_token_that_no_log_may_show";

	private static final String BASE = "/repos/" + REPOSITORY + "/actions/";

	private static final long WORKFLOW = 161335;

	/** Larger than any int, as GitHub's are. */
	private static final long FIRST_RUN = 17_000_000_000L;

	private static final Pattern RUN = Pattern.compile(BASE + "runs/(\\d+)(/cancel)?");

	private static final JsonMapper JSON = JsonMapper.shared();

	private final HttpServer server;

	private final AtomicLong ids = new AtomicLong(FIRST_RUN);

	private final Map<Long, Run> runs = new LinkedHashMap<>();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private volatile @Nullable Trouble trouble;

	private volatile boolean namesRuns = true;

	private volatile @Nullable String titleInput;

	private GitHubTwin(HttpServer server) {
		this.server = server;
	}

	public static GitHubTwin start() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			GitHubTwin twin = new GitHubTwin(server);
			server.createContext("/", twin::answer);
			server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
			server.start();
			return twin;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/** As GitHub was: nothing is left of what was. */
	public synchronized void reset() {
		this.trouble = null;
		this.namesRuns = true;
		this.titleInput = null;
		this.runs.clear();
		this.requests.clear();
	}

	/** Answers as servers do that do not know {@code return_run_details}. */
	public void nameNoRuns() {
		this.namesRuns = false;
	}

	/** Has a workflow whose run-name shows that input. */
	public void titleRunsWith(String input) {
		this.titleInput = input;
	}

	/** What happens to the next request that is of this kind, once. */
	public void meet(Trouble met) {
		this.trouble = met;
	}

	/** Starts a run as a person would, in the browser. */
	public synchronized long startByHand(String branch, String actor) {
		return begin(branch, "by hand", actor, Map.of()).id();
	}

	public synchronized List<Run> runs() {
		return this.runs.values().stream().sorted(Comparator.comparingLong(Run::id)).toList();
	}

	/** Ends a run. */
	public synchronized void complete(long id, String conclusion) {
		this.runs.computeIfPresent(id, (_, run) -> run.with("completed", conclusion));
	}

	public synchronized void forget(long id) {
		this.runs.remove(id);
	}

	/** Methods and paths, in the order in which they came. */
	public List<String> requests() {
		return List.copyOf(this.requests);
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private void answer(HttpExchange exchange) throws IOException {
		String method = exchange.getRequestMethod();
		String path = exchange.getRequestURI().getPath();
		byte[] body = exchange.getRequestBody().readAllBytes();
		this.requests.add(method + " " + path);
		try (exchange) {
			Trouble met = this.trouble;
			boolean meets = met != null && method.equals(met.method()) && path.endsWith(met.path());
			if (meets && !met.afterwards()) {
				this.trouble = null;
				met.what().happen();
				if (met.status() == 0) {
					return;
				}
				send(exchange, met.status(), met.body());
				return;
			}
			if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
				send(exchange, 401, "{\"message\":\"Bad credentials\"}");
				return;
			}
			Reply reply = reply(method, path, query(exchange.getRequestURI()), body);
			// What was refused was not done.
			if (meets && reply.status() < 300) {
				this.trouble = null;
				met.what().happen();
				if (met.status() == 0) {
					return;
				}
				send(exchange, met.status(), met.body());
				return;
			}
			send(exchange, reply.status(), reply.body());
		}
	}

	private synchronized Reply reply(String method, String path, Map<String, String> query, byte[] body) {
		Matcher run = RUN.matcher(path);
		if (method.equals("GET") && path.equals("/repos/" + REPOSITORY)) {
			return new Reply(200, Map.of("full_name", REPOSITORY));
		}
		if (method.equals("GET") && path.equals("/user")) {
			return new Reply(200, Map.of("login", "builder"));
		}
		if (method.equals("GET") && path.equals(BASE + "workflows/build.yml")) {
			return new Reply(200, Map.of("id", WORKFLOW, "state", "active", "path", ".github/workflows/build.yml"));
		}
		if (method.equals("POST") && path.equals(BASE + "workflows/" + WORKFLOW + "/dispatches")) {
			return dispatch(JSON.readTree(body));
		}
		if (method.equals("GET") && path.equals(BASE + "workflows/" + WORKFLOW + "/runs")) {
			List<Map<String, Object>> found = this.runs.values()
				.stream()
				.filter((known) -> known.branch().equals(query.get("branch")))
				.sorted(Comparator.comparingLong(Run::id).reversed())
				.map(Run::json)
				.toList();
			return new Reply(200, Map.of("total_count", found.size(), "workflow_runs", found));
		}
		if (run.matches() && this.runs.containsKey(Long.valueOf(run.group(1)))) {
			Run known = this.runs.get(Long.valueOf(run.group(1)));
			if (run.group(2) == null) {
				return new Reply(200, known.json());
			}
			if (known.status().equals("completed")) {
				return new Reply(409, Map.of("message", "Cannot cancel a workflow run that is completed."));
			}
			this.runs.put(known.id(), known.with("completed", "cancelled"));
			return new Reply(202, Map.of());
		}
		return new Reply(404, Map.of("message", "Not Found"));
	}

	private Reply dispatch(JsonNode body) {
		if (!this.namesRuns && body.has("return_run_details")) {
			return new Reply(422, Map.of("message", "\"return_run_details\" is not a permitted key."));
		}
		Map<String, String> inputs = new LinkedHashMap<>();
		body.get("inputs").properties().forEach((input) -> inputs.put(input.getKey(), input.getValue().asString()));
		String title = (this.titleInput != null) ? "Image " + inputs.get(this.titleInput) : "Image";
		Run run = begin(body.get("ref").asString(), title, "builder", inputs);
		return body.has("return_run_details")
				? new Reply(200, Map.of("workflow_run_id", run.id(), "html_url", run.url())) : new Reply(204, Map.of());
	}

	private Run begin(String branch, String title, String actor, Map<String, String> inputs) {
		Run run = new Run(this.ids.incrementAndGet(), branch, title, actor, inputs, "queued", null,
				Instant.now().truncatedTo(ChronoUnit.SECONDS));
		this.runs.put(run.id(), run);
		return run;
	}

	private static Map<String, String> query(URI uri) {
		Map<String, String> query = new LinkedHashMap<>();
		if (uri.getRawQuery() != null) {
			for (String part : uri.getRawQuery().split("&")) {
				String[] pair = part.split("=", 2);
				query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
			}
		}
		return query;
	}

	private static void send(HttpExchange exchange, int status, Object body) throws IOException {
		byte[] bytes = (status == 204) ? new byte[0]
				: (body instanceof String text) ? text.getBytes(StandardCharsets.UTF_8) : JSON.writeValueAsBytes(body);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, (bytes.length == 0) ? -1 : bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	/**
	 * What happens to a request.
	 *
	 * @param path how it ends
	 * @param afterwards whether GitHub does what it is told first
	 * @param status of the answer; 0 for a connection that ends without one
	 */
	public record Trouble(String method, String path, boolean afterwards, int status, String body, Happening what) {

		public static Trouble before(String method, String path, Happening what) {
			return new Trouble(method, path, false, 0, "", what);
		}

		public static Trouble after(String method, String path, Happening what) {
			return new Trouble(method, path, true, 0, "", what);
		}

		public static Trouble answered(String method, String path, int status) {
			return new Trouble(method, path, false, status, "{\"message\":\"as it were\"}", () -> {
			});
		}

	}

	/** Something that happens meanwhile. */
	@FunctionalInterface
	public interface Happening {

		void happen();

	}

	/** A run of the twin. */
	public record Run(long id, String branch, String title, String actor, Map<String, String> inputs, String status,
			@Nullable String conclusion, Instant created) {

		String url() {
			return "https://github.com/" + REPOSITORY + "/actions/runs/" + this.id;
		}

		Run with(String newStatus, String newConclusion) {
			return new Run(this.id, this.branch, this.title, this.actor, this.inputs, newStatus, newConclusion,
					this.created);
		}

		Map<String, Object> json() {
			Map<String, Object> json = new LinkedHashMap<>();
			json.put("id", this.id);
			json.put("status", this.status);
			json.put("conclusion", this.conclusion);
			json.put("html_url", url());
			json.put("display_title", this.title);
			json.put("head_branch", this.branch);
			json.put("event", "workflow_dispatch");
			json.put("created_at", this.created.toString());
			json.put("run_started_at", this.created.toString());
			json.put("updated_at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
			json.put("actor", Map.of("login", this.actor));
			return json;
		}

	}

	private record Reply(int status, Object body) {
	}

}
