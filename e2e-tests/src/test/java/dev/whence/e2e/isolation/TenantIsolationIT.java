package dev.whence.e2e.isolation;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.GatewayClient.Reply;
import dev.whence.e2e.platform.Service;
import dev.whence.e2e.platform.Whence;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Walks every operation of every service's OpenAPI document with the credential of
 * another project, past the gateway, and asks for what the owner has. An operation that a
 * document has and the table of visits has not fails the walk.
 */
class TenantIsolationIT {

	private static final List<Service> SERVICES = List.of(Service.CONTROL, Service.INGEST, Service.QUERY,
			Service.ANALYSIS, Service.INSTRUMENTER);

	private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

	private static final Map<String, Visit> visits = Visit.all();

	private static final Map<String, Set<Service>> operations = new LinkedHashMap<>();

	private static Whence whence;

	private static Owner owner;

	private static String key;

	private static String token;

	@BeforeAll
	static void settle() {
		whence = Whence.running();
		for (Service service : SERVICES) {
			JsonNode paths = at(service, "").get("/openapi.json").json().path("paths");
			paths.forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
				if (METHODS.contains(method)) {
					operations.computeIfAbsent(method.toUpperCase(Locale.ROOT) + " " + path, (_) -> new TreeSet<>())
						.add(service);
				}
			}));
		}
		GatewayClient administrator = whence.gateway();
		firstAccount(administrator);
		owner = Owner.create(administrator);
		String name = "visitor " + UUID.randomUUID();
		int project = administrator.post("/api/projects", Map.of("name", name)).json().path("id").asInt();
		key = administrator
			.post("/api/projects/" + project + "/keys", Map.of("name", "visitor", "scopes", List.of("admin")))
			.json()
			.path("key")
			.asString();
		token = visitor(administrator, project);
	}

	@Test
	void everyOperationOfEveryDocumentIsVisited() {
		assertThat(operations).hasSizeGreaterThan(100);
		Set<String> missing = new TreeSet<>(operations.keySet());
		missing.removeAll(visits.keySet());
		assertThat(missing).as("operations that nobody visits").isEmpty();
	}

	@Test
	void whatTheOwnerHasIsThereToBeSeenByTheOwner() {
		List<String> unseen = new ArrayList<>();
		visits.values()
			.stream()
			.filter((visit) -> visit.method().equals("GET") && visit.expects() == Visit.Expected.NOT_FOUND)
			.filter((visit) -> operations.containsKey(visit.operation()))
			.filter((visit) -> !visit.path().endsWith("/events"))
			.forEach((visit) -> {
				Reply reply = owner.get(owner.fill(visit.path()));
				if (reply.status() == 404 && !visit.path().contains("/journey") && !visit.path().contains("/around")
						|| reply.status() >= 500) {
					unseen.add(visit.operation() + ": " + reply.status() + " " + reply.body());
				}
			});
		assertThat(unseen).isEmpty();
	}

	@Test
	void aKeyOfAnotherProjectFindsNothingAndChangesNothing() {
		walk(key);
	}

	@Test
	void aTokenOfAnotherProjectFindsNothingAndChangesNothing() {
		walk(token);
	}

	private static void walk(String credential) {
		Map<String, String> before = belongings();
		List<String> violations = new ArrayList<>();
		operations.forEach((operation, services) -> {
			Visit visit = visits.get(operation);
			if (visit == null || operation.equals("POST /api/auth/jwt/logout") || operation.endsWith("/events")
					|| operation.endsWith("/tail")) {
				// The last one would end the visit; streams have a test of their own.
				return;
			}
			for (Service service : services) {
				Reply reply = visit(at(service, credential), visit);
				if (!isAsExpected(visit, reply)) {
					violations.add(operation + " at " + service.module() + ": " + reply.status() + " " + reply.body());
				}
			}
		});
		assertThat(violations).isEmpty();
		assertThat(belongings()).isEqualTo(before);
	}

	private static Reply visit(GatewayClient client, Visit visit) {
		String unique = UUID.randomUUID().toString();
		String path = owner.fill(visit.path());
		String body = owner.fill(visit.body()).replace("{visitor}", unique.substring(0, 8)).replace("{signal}", unique);
		HttpRequest.Builder request = client.request(path);
		return client.send((body.isEmpty() ? request.method(visit.method(), HttpRequest.BodyPublishers.noBody())
				: request.header("Content-Type", "application/json")
					.method(visit.method(), HttpRequest.BodyPublishers.ofString(body)))
			.build());
	}

	private static boolean isAsExpected(Visit visit, Reply reply) {
		// What the visitor says themselves may come back to them.
		String echo = visit.path().contains("{secret}") ? "\"name\":\"" + owner.secret() + "\"" : "";
		boolean silent = !reply.body().replace(owner.fill(visit.path()), "").replace(echo, "").contains(owner.secret());
		return reply.status() < 500 && switch (visit.expects()) {
			case NOT_FOUND -> reply.status() == 404 && silent;
			case FORBIDDEN -> reply.status() == 403 && silent;
			case OWN -> silent;
			case OPEN -> silent;
		};
	}

	/** What the owner sees of their own, as it must stay. */
	private static Map<String, String> belongings() {
		Map<String, String> seen = new LinkedHashMap<>();
		for (String path : List.of("/api/projects/{project}", "/api/projects/{project}/members",
				"/api/projects/{project}/invitations", "/api/config/{config}", "/api/build/{build}",
				"/api/notifications/routes", "/api/notifications/maintenance", "/query/problems/{problem}",
				"/runs/{run}", "/query/changes", "/query/traces/{trace}")) {
			seen.put(path, owner.get(owner.fill(path)).body());
		}
		// How its deliveries go changes by itself.
		JsonNode channel = owner.get(owner.fill("/api/notifications/channels/{channel}")).json();
		for (String setting : List.of("name", "kind", "enabled", "target", "rate_limit", "updated_at")) {
			seen.put("channel " + setting, channel.path(setting).toString());
		}
		seen.put("status", owner.get(owner.fill("/query/incidents/{incident}")).json().path("status").asString());
		return seen;
	}

	private static GatewayClient at(Service service, String credential) {
		return GatewayClient.withBearer(whence.process(service).url(), credential);
	}

	/** Whoever registers first runs the installation, which the visitor must not. */
	private static void firstAccount(GatewayClient administrator) {
		register(administrator, 1, "operator" + UUID.randomUUID().toString().substring(0, 8) + "@example.com");
	}

	private static String visitor(GatewayClient administrator, int project) {
		String email = "visitor" + UUID.randomUUID().toString().substring(0, 8) + "@example.com";
		register(administrator, project, email);
		Reply reply = GatewayClient.withoutCredential(administrator.url())
			.post("/api/auth/jwt/login", Map.of("username", email, "password", "a fine passphrase"));
		assertThat(reply.status()).as(reply.body()).isEqualTo(200);
		return reply.json().path("access_token").asString();
	}

	private static void register(GatewayClient administrator, int project, String email) {
		Reply invitation = administrator.post("/api/projects/" + project + "/invitations", Map.of("role", "admin"));
		Reply account = GatewayClient.withoutCredential(administrator.url())
			.post("/api/auth/register", Map.of("email", email, "password", "a fine passphrase", "invitation",
					invitation.json().path("token").asString()));
		assertThat(account.status()).as(account.body()).isEqualTo(201);
	}

}
