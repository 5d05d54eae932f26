package dev.whence.e2e.isolation;

import java.util.Map;
import java.util.TreeMap;

/**
 * How an operation is called with the credential of another project.
 *
 * @param operation method and path as the OpenAPI document has them
 * @param expects what must come back
 * @param path with the owner's things in braces
 * @param body JSON, or empty
 */
record Visit(String operation, Expected expects, String path, String body) {

	enum Expected {

		/** The owner's thing is asked for, and there is no such thing. */
		NOT_FOUND,

		/** Whatever comes back is the visitor's own. */
		OWN,

		/** Only whoever runs the installation may. */
		FORBIDDEN,

		/** Nothing in it belongs to a project. */
		OPEN

	}

	private static final String TABLE = """
			GET /.well-known/jwks.json                       | OPEN      |
			GET /api/auth/jwks                               | OPEN      |
			GET /api/health                                  | OPEN      |
			GET /api/ping                                    | OPEN      |
			GET /health                                      | OPEN      |
			GET /readiness                                   | OPEN      |
			GET /ingest/health                               | OPEN      |
			POST /api/auth/register                          | OPEN      | /api/auth/register | {"email":"{secret}@example.com","password":"x"}
			POST /api/auth/jwt/login                         | OPEN      | /api/auth/jwt/login | {"username":"{secret}@example.com","password":"x"}
			POST /api/auth/jwt/refresh                       | OPEN      | /api/auth/jwt/refresh | {"refresh_token":"x"}
			POST /api/auth/jwt/logout                        | OWN       |
			POST /api/webhooks/github                        | OPEN      | /api/webhooks/github | {}
			POST /api/auth/keys/rotate                       | FORBIDDEN |
			POST /api/auth/keys/replace                      | FORBIDDEN |
			GET /api/users                                   | FORBIDDEN |
			GET /api/users/                                  | FORBIDDEN |
			GET /api/users/{id}                              | FORBIDDEN | /api/users/{account}
			PATCH /api/users/{id}                            | FORBIDDEN | /api/users/{account} | {"is_active":false}
			DELETE /api/users/{id}                           | FORBIDDEN | /api/users/{account}
			GET /api/users/me                                | OWN       |
			PATCH /api/users/me                              | OWN       | /api/users/me | {}
			GET /api/users/me/projects                       | OWN       |
			POST /api/users/me/invitations                   | OWN       | /api/users/me/invitations | {"invitation":"x"}
			GET /api/audit                                   | OWN       |
			GET /api/projects                                | OWN       |
			POST /api/projects                               | FORBIDDEN | /api/projects | {"name":"visitor's"}
			GET /api/projects/{id}                           | NOT_FOUND | /api/projects/{project}
			PATCH /api/projects/{id}                         | NOT_FOUND | /api/projects/{project} | {"name":"mine now"}
			GET /api/projects/{project}/keys                 | NOT_FOUND |
			POST /api/projects/{project}/keys                | NOT_FOUND | /api/projects/{project}/keys | {"name":"mine","scopes":["admin"]}
			DELETE /api/keys/{id}                            | NOT_FOUND | /api/keys/{key}
			PATCH /api/keys/{id}                             | NOT_FOUND | /api/keys/{key} | {"requests_per_minute":1}
			POST /api/keys/{id}/rotate                       | NOT_FOUND | /api/keys/{key}/rotate
			GET /api/projects/{project}/members              | NOT_FOUND |
			PUT /api/projects/{project}/members/{account}    | NOT_FOUND | /api/projects/{project}/members/{account} | {"role":"viewer"}
			DELETE /api/projects/{project}/members/{account} | NOT_FOUND |
			GET /api/projects/{project}/invitations          | NOT_FOUND |
			POST /api/projects/{project}/invitations         | NOT_FOUND | /api/projects/{project}/invitations | {"role":"admin"}
			DELETE /api/projects/{project}/invitations/{id}  | NOT_FOUND | /api/projects/{project}/invitations/{invitation}
			GET /api/config                                  | OWN       |
			GET /api/config/                                 | OWN       |
			POST /api/config                                 | OWN       | /api/config | {"name":"visitor-{visitor}-1","yaml_content":"name: a\\ndescription: d\\nmodules: []\\n"}
			POST /api/config/                                | OWN       | /api/config/ | {"name":"visitor-{visitor}-2","yaml_content":"name: a\\ndescription: d\\nmodules: []\\n"}
			POST /api/config/upsert                          | OWN       | /api/config/upsert | {"name":"visitor-{visitor}-3","yaml_content":"name: a\\ndescription: d\\nmodules: []\\n"}
			POST /api/config/validate                        | OWN       | /api/config/validate | {"yaml_content":"name: a\\n"}
			POST /api/config/validate/batch                  | OWN       | /api/config/validate/batch | {"items":[{"yaml_content":"name: a\\n"}]}
			POST /api/config/transpile                       | OWN       | /api/config/transpile | {"yaml_content":"name: a\\n"}
			POST /api/config/import/bluebuild                | OWN       | /api/config/import/bluebuild | {"yaml_content":"name: a\\n"}
			GET /api/config/schema                           | OWN       |
			GET /api/config/definitions/list                 | OWN       |
			GET /api/config/definitions/list/                | OWN       |
			GET /api/config/definitions/{filename}           | OWN       | /api/config/definitions/none.yml
			GET /api/config/{id}                             | NOT_FOUND | /api/config/{config}
			PUT /api/config/{id}                             | NOT_FOUND | /api/config/{config} | {"name":"mine","yaml_content":"name: a\\ndescription: d\\nmodules: []\\n"}
			DELETE /api/config/{id}                          | NOT_FOUND | /api/config/{config}
			GET /api/config/{id}/diff                        | NOT_FOUND | /api/config/{config}/diff?from=1&to=1
			POST /api/config/{id}/rollback                   | NOT_FOUND | /api/config/{config}/rollback | {"version":1}
			GET /api/config/{id}/versions                    | NOT_FOUND | /api/config/{config}/versions
			GET /api/config/{id}/versions/{version}          | NOT_FOUND | /api/config/{config}/versions/1
			GET /api/build                                   | OWN       |
			GET /api/build/                                  | OWN       |
			GET /api/build/events                            | OWN       |
			POST /api/build/trigger                          | NOT_FOUND | /api/build/trigger | {"config_id":{config},"ref":"main"}
			GET /api/build/{id}                              | NOT_FOUND | /api/build/{build}
			GET /api/build/{id}/status                       | NOT_FOUND | /api/build/{build}/status
			GET /api/build/{id}/events                       | NOT_FOUND | /api/build/{build}/events
			POST /api/build/{id}/cancel                      | NOT_FOUND | /api/build/{build}/cancel
			GET /api/notifications/channels                  | OWN       |
			POST /api/notifications/channels                 | OWN       | /api/notifications/channels | {"name":"visitor {visitor}","kind":"webhook","url":"https://example.com/x"}
			GET /api/notifications/channels/{id}             | NOT_FOUND | /api/notifications/channels/{channel}
			PUT /api/notifications/channels/{id}             | NOT_FOUND | /api/notifications/channels/{channel} | {"name":"mine","kind":"webhook","url":"https://example.com/x"}
			DELETE /api/notifications/channels/{id}          | NOT_FOUND | /api/notifications/channels/{channel}
			POST /api/notifications/channels/{id}/test       | NOT_FOUND | /api/notifications/channels/{channel}/test
			POST /api/notifications/webhooks                 | OWN       | /api/notifications/webhooks | {"url":"https://example.com/y"}
			GET /api/notifications/routes                    | OWN       |
			POST /api/notifications/routes                   | OWN       | /api/notifications/routes | {"channel_id":"{channel}"}
			PUT /api/notifications/routes/{id}               | NOT_FOUND | /api/notifications/routes/{route} | {"channel_id":"{channel}"}
			DELETE /api/notifications/routes/{id}            | NOT_FOUND | /api/notifications/routes/{route}
			GET /api/notifications/maintenance               | OWN       |
			POST /api/notifications/maintenance              | OWN       | /api/notifications/maintenance | {"to":"2099-01-01T00:00:00Z","reason":"visit"}
			DELETE /api/notifications/maintenance/{id}       | NOT_FOUND | /api/notifications/maintenance/{maintenance}
			GET /api/notifications/deliveries                | OWN       |
			GET /api/notifications/deliveries/{id}           | NOT_FOUND | /api/notifications/deliveries/{delivery}
			POST /api/notifications/deliveries/{id}/replay   | NOT_FOUND | /api/notifications/deliveries/{delivery}/replay
			GET /api/v2/alerts                               | OWN       |
			POST /api/v2/alerts                              | OWN       | /api/v2/alerts | [{"labels":{"alertname":"visit"}}]
			POST /api/v2/alerts/webhook                      | OWN       | /api/v2/alerts/webhook | {"alerts":[]}
			POST /api/v2/spans                               | OWN       | /api/v2/spans | []
			GET /ingest/retention                            | OWN       |
			PUT /ingest/retention                            | OWN       | /ingest/retention | {}
			POST /ingest                                     | OWN       | /ingest | {"events":[]}
			POST /ingest/batch                               | OWN       | /ingest/batch | {"signals":[]}
			POST /ingest/logs                                | OWN       | /ingest/logs | {"signal_id":"{signal}","trace_id":"{trace}","service_name":"visitor","timestamp":"2026-01-01T00:00:00Z","level":"INFO","message":"m","attributes":{}}
			POST /ingest/traces                              | OWN       | /ingest/traces | {}
			POST /ingest/metrics                             | OWN       | /ingest/metrics | {}
			POST /v1/logs                                    | OWN       | /v1/logs | {}
			POST /v1/traces                                  | OWN       | /v1/traces | {}
			POST /v1/metrics                                 | OWN       | /v1/metrics | {}
			GET /query/signals                               | OWN       | /query/signals?service_name={secret}
			GET /query/rejected                              | OWN       |
			GET /query/search                                | OWN       | /query/search?kind=all&q=service:{secret}
			GET /query/search/histogram                      | OWN       | /query/search/histogram?kind=spans
			GET /query/search/facets                         | OWN       | /query/search/facets?kind=all
			GET /query/search/patterns                       | OWN       |
			GET /query/search/comparison                     | OWN       | /query/search/comparison?kind=all&q=level:error
			GET /query/search/around                         | NOT_FOUND | /query/search/around?id=00000000-0000-0000-0000-000000000000&time=2026-01-01T00:00:00Z
			GET /query/search/tail                           | OWN       |
			GET /query/traces/{trace}                        | OWN       |
			GET /query/services                              | OWN       |
			GET /query/services/{name}                       | OWN       | /query/services/{secret}
			GET /query/service                               | OWN       | /query/service?service={secret}
			GET /query/service-map                           | OWN       |
			GET /query/errors                                | OWN       | /query/errors?service={secret}
			GET /query/metrics/names                         | OWN       | /query/metrics/names?service_name={secret}
			GET /query/metrics/series                        | NOT_FOUND | /query/metrics/series?service_name={secret}&name=cpu
			GET /query/spans/{trace}/{span}/percentile       | OWN       | /query/spans/{trace}/00f067aa0ba902b7/percentile
			GET /query/spans/percentile                      | OWN       | /query/spans/percentile?trace_id={trace}&span_id=00f067aa0ba902b7
			GET /query/storage                               | OWN       |
			GET /query/ingest-health                         | OWN       |
			GET /query/patterns                              | OWN       |
			POST /query/patterns/match                       | OWN       | /query/patterns/match | {"lines":["failed: connection refused"]}
			GET /query/changes                               | OWN       |
			POST /query/changes                              | OWN       | /query/changes | {"service":"visitor","what":"visit"}
			GET /query/problems                              | OWN       |
			GET /query/problems/{fingerprint}                | NOT_FOUND | /query/problems/{problem}
			POST /query/problems/{fingerprint}/{decision}    | NOT_FOUND | /query/problems/{problem}/ignore | {}
			GET /query/incidents                             | OWN       |
			GET /query/incidents/facets                      | OWN       |
			GET /query/incidents/stats                       | OWN       |
			POST /query/incidents/bulk                       | OWN       | /query/incidents/bulk | {"action":"resolve","ids":["{incident}"]}
			POST /query/incidents/dry-run                    | OWN       | /query/incidents/dry-run | {}
			GET /query/incidents/{id}                        | NOT_FOUND | /query/incidents/{incident}
			PATCH /query/incidents/{id}                      | NOT_FOUND | /query/incidents/{incident} | {"status":"resolved"}
			POST /query/incidents/{id}/{action}              | NOT_FOUND | /query/incidents/{incident}/resolve | {}
			GET /query/incidents/{id}/analysis               | NOT_FOUND | /query/incidents/{incident}/analysis
			GET /query/incidents/{id}/analyses               | NOT_FOUND | /query/incidents/{incident}/analyses
			GET /query/incidents/{id}/evidence               | NOT_FOUND | /query/incidents/{incident}/evidence
			POST /query/incidents/{id}/analysis/rerun        | NOT_FOUND | /query/incidents/{incident}/analysis/rerun | {}
			POST /query/incidents/{id}/analysis/feedback     | NOT_FOUND | /query/incidents/{incident}/analysis/feedback | {"right":true}
			POST /debug/analyze/{traceId}                    | OWN       | /debug/analyze/{trace}
			GET /query/analysis/accuracy                     | OWN       |
			GET /query/analysis/backlog                      | OWN       |
			GET /runs                                        | OWN       |
			GET /runs/{id}                                   | NOT_FOUND | /runs/{run}
			GET /runs/{id}/steps                             | OWN       | /runs/{run}/steps
			GET /runs/{id}/journey                           | NOT_FOUND | /runs/{run}/journey?candidate=c
			GET /analyze/{id}                                | NOT_FOUND | /analyze/{run}
			GET /runs/compare                                | NOT_FOUND | /runs/compare?before={run}&after={run}
			GET /runs/compare/versions                       | OWN       | /runs/compare/versions?name={secret}&before=1&after=2
			GET /runs/trend                                  | OWN       | /runs/trend?name={secret}
			GET /steps                                       | OWN       |
			GET /workflow/rules                              | OPEN      |
			GET /workflow/usage                              | OWN       |
			POST /workflow/instrument                        | OPEN      |
			POST /workflow/instrument/batch                  | OPEN      |
			POST /workflow/lint                              | OPEN      |
			""";

	static Map<String, Visit> all() {
		Map<String, Visit> all = new TreeMap<>();
		TABLE.lines().forEach((line) -> {
			String[] cells = line.split("\\|", 4);
			String operation = cells[0].strip();
			String path = cells[2].strip();
			all.put(operation,
					new Visit(operation, Expected.valueOf(cells[1].strip()),
							path.isEmpty() ? operation.substring(operation.indexOf(' ') + 1) : path,
							(cells.length > 3) ? cells[3].strip() : ""));
		});
		return all;
	}

	String method() {
		return this.operation.substring(0, this.operation.indexOf(' '));
	}

}
