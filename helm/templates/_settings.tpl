{{/* What all services are told. */}}
{{- define "whence.settings" -}}
{{- $v := .Values -}}
{{- $fullname := include "whence.fullname" . -}}
{{- $settings := dict
    "LOG_LEVEL" $v.settings.logLevel
    "LOG_FORMAT" $v.settings.logFormat
    "WHENCE_SECURITY_MODE" "required"
    "WHENCE_DRAIN_TIME" "5s"
    "SPRING_CONFIG_IMPORT" "optional:configtree:/etc/whence/secrets/"
    "KAFKA_BOOTSTRAP_SERVERS" ($v.demo.kafka.enabled | ternary (printf "%s-demo-kafka:9092" $fullname) $v.kafka.bootstrapServers) -}}
{{- if ne $v.kafka.securityProtocol "PLAINTEXT" -}}
{{- $_ := set $settings "SPRING_KAFKA_SECURITY_PROTOCOL" $v.kafka.securityProtocol -}}
{{- end -}}
{{- with $v.kafka.saslMechanism -}}
{{- $_ := set $settings "SPRING_KAFKA_PROPERTIES_SASL_MECHANISM" . -}}
{{- end -}}
{{- if $v.demo.redis.enabled -}}
{{- $_ := set $settings "REDIS_URL" (printf "redis://%s-demo-redis:6379" $fullname) -}}
{{- else if not $v.redis.existingSecret -}}
{{- $_ := set $settings "REDIS_URL" $v.redis.url -}}
{{- end -}}
{{- if $v.settings.oidc.issuer -}}
{{- $_ := set $settings "WHENCE_SECURITY_OIDC_ISSUER" $v.settings.oidc.issuer -}}
{{- $_ := set $settings "WHENCE_SECURITY_OIDC_AUDIENCE" $v.settings.oidc.audience -}}
{{- end -}}
{{- if $v.telemetry.enabled -}}
{{- $gateway := (include "whence.parts" . | fromYaml).gateway -}}
{{- $endpoint := $v.telemetry.endpoint | default (printf "http://%s-gateway:%d" $fullname (int (get $gateway.ports "otlp-http"))) -}}
{{- $_ := set $settings "ENABLE_TRACING" "true" -}}
{{- $_ := set $settings "TRACE_SAMPLE_RATIO" ($v.telemetry.sampleRatio | toString) -}}
{{- $_ := set $settings "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT" (printf "%s/v1/traces" (trimSuffix "/" $endpoint)) -}}
{{- /* A context that is not sampled: the services that take an export make no spans of it, or they would export for ever. */ -}}
{{- $_ := set $settings "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_HEADERS_TRACEPARENT" "00-000000000000000000000000000000e1-00000000000000e1-00" -}}
{{- end -}}
{{- mergeOverwrite $settings (deepCopy $v.settings.environment) | toYaml -}}
{{- end -}}
