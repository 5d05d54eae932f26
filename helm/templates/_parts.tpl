{{/*
The parts of Whence: what is true of them whatever an operator says. Ports, needs and variables are compared with the
services' own configuration by the tests in helm-tests.
*/}}
{{- define "whence.parts" -}}
gateway:
  module: gateway
  port: 8080
  ports: { otlp-grpc: 4317, otlp-http: 4318 }
  redis: true
  serves: everybody
ingest:
  module: ingest-service
  port: 8081
  database: owner
  kafka: true
  migrates: [WHENCE_SIGNAL_STORE_MIGRATE]
query:
  module: query-service
  port: 8082
  database: services
analysis:
  module: analysis-worker
  port: 8083
  database: services
  kafka: true
  redis: true
  outbound: true
  migrates: [WHENCE_SIGNAL_STORE_MIGRATE, SPRING_FLYWAY_ENABLED]
instrumenter:
  module: instrumenter-service
  port: 8084
  database: services
  migrates: [WHENCE_INSTRUMENTER_USAGE_MIGRATE]
control:
  module: control-service
  port: 8085
  database: services
  kafka: true
  outbound: true
  migrates: [WHENCE_CONTROL_SCHEMA_MIGRATE]
{{- end -}}

{{/* Which part migrates when; the roles of the signals come before those who grant them something. */}}
{{- define "whence.migrating" -}}
parts: [ingest, analysis, control, instrumenter]
{{- end -}}

{{/* What an operator said of one part, above the defaults. */}}
{{- define "whence.choices" -}}
{{- $root := index . 0 -}}
{{- $own := deepCopy (index $root.Values.services (index . 1) | default dict) -}}
{{- mustMergeOverwrite (deepCopy $root.Values.defaults) $own | toYaml -}}
{{- end -}}

{{- define "whence.migratesInJob" -}}
{{- if and .Values.migrations.enabled (not .Values.demo.postgresql.enabled) -}}true{{- end -}}
{{- end -}}

{{- define "whence.secretName" -}}
{{- .Values.secrets.existingSecret | default (include "whence.fullname" .) -}}
{{- end -}}

{{- define "whence.databaseSecret" -}}
{{- $root := index . 0 -}}
{{- $database := $root.Values.database -}}
{{- if $root.Values.demo.postgresql.enabled -}}
name: {{ include "whence.fullname" $root }}-demo-postgresql
key: database-url
{{- else if and (eq (index . 1) "owner") $database.ownerSecret -}}
name: {{ $database.ownerSecret }}
key: {{ $database.ownerKey }}
{{- else -}}
name: {{ $database.existingSecret }}
key: {{ $database.key }}
{{- end -}}
{{- end -}}

{{/* Says what is missing, in one sentence each. */}}
{{- define "whence.check" -}}
{{- $v := .Values -}}
{{- if not (or $v.database.existingSecret $v.demo.postgresql.enabled) -}}
{{- fail "Whence needs PostgreSQL: make a Secret with its URL and name it in database.existingSecret, or try Whence with -f helm/values-demo.yaml" -}}
{{- end -}}
{{- if and $v.database.existingSecret $v.demo.postgresql.enabled -}}
{{- fail "database.existingSecret and demo.postgresql.enabled are two databases: choose one" -}}
{{- end -}}
{{- if not (or $v.kafka.bootstrapServers $v.demo.kafka.enabled) -}}
{{- fail "Whence needs Kafka: name it in kafka.bootstrapServers, or try Whence with -f helm/values-demo.yaml" -}}
{{- end -}}
{{- if not (or $v.redis.url $v.redis.existingSecret $v.demo.redis.enabled) -}}
{{- fail "Whence needs Redis: name it in redis.url, or a Secret with its URL in redis.existingSecret, or try Whence with -f helm/values-demo.yaml" -}}
{{- end -}}
{{- if regexMatch "://[^/]*@" $v.redis.url -}}
{{- fail "redis.url has a password, which everybody who may read the release would see: put the URL into a Secret and name it in redis.existingSecret" -}}
{{- end -}}
{{- if and $v.database.ownerSecret (not $v.migrations.grantTo) -}}
{{- fail "With database.ownerSecret, migrations.grantTo has to name the login of database.existingSecret: without rights it could read nothing" -}}
{{- end -}}
{{- if and $v.database.ownerSecret (not $v.migrations.enabled) -}}
{{- fail "With database.ownerSecret, migrations.enabled has to be true: the login of the services may not change tables" -}}
{{- end -}}
{{- if and $v.telemetry.enabled (not $v.telemetry.existingSecret) -}}
{{- fail "telemetry.enabled needs telemetry.existingSecret: a Secret with an API key of the project that the spans go to" -}}
{{- end -}}
{{- if and $v.settings.oidc.issuer (not $v.settings.oidc.audience) -}}
{{- fail "settings.oidc.issuer needs settings.oidc.audience: what its tokens for Whence carry as aud" -}}
{{- end -}}
{{- if and $v.gatewayApi.enabled (not $v.gatewayApi.parentRefs) -}}
{{- fail "gatewayApi.enabled needs gatewayApi.parentRefs: the Gateway that the routes belong to" -}}
{{- end -}}
{{- if and $v.ingress.enabled (not $v.ingress.hosts) -}}
{{- fail "ingress.enabled needs ingress.hosts: the names under which the console is opened" -}}
{{- end -}}
{{- range $name, $_ := include "whence.parts" . | fromYaml -}}
{{- $choices := include "whence.choices" (list $ $name) | fromYaml -}}
{{- $least := add $choices.preStopSeconds 35 -}}
{{- if lt (int $choices.terminationGracePeriodSeconds) (int $least) -}}
{{- fail (printf "services.%s.terminationGracePeriodSeconds has to be at least %d: preStopSeconds, 5 s in which connections move to another pod, 25 s for what is in flight, and 5 s to leave" $name $least) -}}
{{- end -}}
{{- end -}}
{{- end -}}
