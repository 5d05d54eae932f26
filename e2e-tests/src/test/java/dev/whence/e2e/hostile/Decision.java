package dev.whence.e2e.hostile;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where Whence answers otherwise than the list proposes, and why that is right.
 *
 * @param waived properties that do not apply to that answer
 */
record Decision(Set<Integer> statuses, Set<String> waived, String reason) {

	private static final String WRONG_FIELD = "readable JSON with a wrong field is 422, as everywhere in Whence";

	private static final String NO_MANIFEST = "YAML that cannot be edited for sure is 422, as any wrong field";

	private static final String WRONG_PASSWORD = "clients of the original service read 400 LOGIN_BAD_CREDENTIALS";

	private static final String UNTOUCHED = "what holds no workload comes back byte for byte: nothing in it is "
			+ "evaluated, and refusing it would refuse the files around it";

	/** By the id of the case. */
	static final Map<String, Decision> ALL = all();

	static Decision status(int status, String reason, String... waived) {
		return new Decision(Set.of(status), Set.of(waived), reason);
	}

	private static Map<String, Decision> all() {
		Map<String, Decision> all = new TreeMap<>();
		all.put("json-pg-033", status(202, "a NUL is replaced in every text, names too: the log is worth more",
				"nothing_stored", "problem_json"));
		for (String id : new String[] { "json-number-041", "json-number-043", "json-number-047", "json-number-051" }) {
			all.put(id, status(422, WRONG_FIELD));
		}
		all.put("field-091", status(202, "a time without a zone is UTC: clients of the original service send such"));
		all.put("field-095", status(202, "clients of the original service may leave the level empty"));
		all.put("field-099", status(202, "clients of the original service may leave the service's name empty"));
		all.put("http-125",
				status(200, "RFC 9112, section 5.2, lets a server read a folded line as a blank", "conn_closed"));
		all.put("http-131", status(414, "the server's HTTP library has one answer for any line that is too long"));
		all.put("http-135", status(404, "nothing is served for CONNECT, and no tunnel is made"));
		all.put("http-slow-145",
				status(0, "a connection on which nothing was asked is closed without an answer after 75 s, "
						+ "and the 513th of an address at once"));
		all.put("http-slow-149", new Decision(Set.of(0, 400), Set.of(),
				"HTTP/2 is for the gRPC port; the main port refuses its preface"));
		all.put("http-size-153",
				status(0, "who ends a request within its body cannot be answered, only hung up on", "problem_json"));
		for (String id : new String[] { "otlp-203", "otlp-215", "otlp-227" }) {
			all.put(id,
					status(200, "values deeper than 32 levels are replaced and the record is kept: OTLP clients drop "
							+ "a whole request for a 400", "nothing_stored"));
		}
		all.put("otlp-239",
				status(200, "a histogram is stored as it was sent: Whence computes nothing from its buckets",
						"partial_success_rejected=1"));
		all.put("otlp-241", status(200, "a histogram is stored as it was sent: Whence computes nothing from its scale",
				"partial_success_rejected=1"));
		for (String id : new String[] { "yaml-287", "yaml-289", "yaml-291", "yaml-293", "yaml-295", "yaml-303",
				"yaml-305", "yaml-313", "yaml-317" }) {
			all.put(id, status(200, UNTOUCHED));
		}
		for (String id : new String[] { "yaml-297", "yaml-301", "yaml-319", "yaml-325", "yaml-329" }) {
			all.put(id, status(422, NO_MANIFEST));
		}
		all.put("yaml-321", status(200, "3 MB are within the limit of a body, and cost 3 MB"));
		all.put("auth-405", status(400, WRONG_PASSWORD));
		all.put("auth-407", new Decision(Set.of(400, 429), Set.of(), WRONG_PASSWORD));
		all.put("authz-355", new Decision(Set.of(404, 503), Set.of(),
				"config_id goes before yaml_content, as clients of the original know; without a GitHub nothing is built"));
		all.put("gateway-441", status(200, "the API takes keys and no cookies, so pages of all origins may call it "
				+ "(CORS_ORIGINS narrows that)", "no_acao_for_evil_origin"));
		return all;
	}

	@Override
	public String toString() {
		return this.statuses + (this.waived.isEmpty() ? "" : " without " + this.waived) + ": " + this.reason;
	}

}
