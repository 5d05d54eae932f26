{{/* Environment variables and secret files of one part; takes a list of the root and the part's name. */}}
{{- define "whence.environment" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $parts := include "whence.parts" $root | fromYaml -}}
{{- $part := get $parts $name -}}
{{- $choices := include "whence.choices" . | fromYaml -}}
{{- $fullname := include "whence.fullname" $root -}}
{{- $variables := dict "API_PORT" ($part.port | toString) "MANAGEMENT_METRICS_TAGS_APPLICATION" $name -}}
{{- with $choices.jvmOptions -}}{{- $_ := set $variables "JAVA_TOOL_OPTIONS" . -}}{{- end -}}
{{- if $part.database -}}
{{- $_ := set $variables "DATABASE_POOL_SIZE" ($root.Values.database.poolSize | toString) -}}
{{- end -}}
{{- if include "whence.migratesInJob" $root -}}
{{- range $part.migrates -}}{{- $_ := set $variables . "false" -}}{{- end -}}
{{- end -}}
{{- if eq $name "gateway" -}}
{{- range $other, $facts := $parts -}}
{{- if ne $other "gateway" -}}
{{- $_ := set $variables (printf "WHENCE_%s_URL" (upper $other)) (printf "http://%s-%s:%d" $fullname $other (int $facts.port)) -}}
{{- end -}}
{{- end -}}
{{- $_ := set $variables "WHENCE_OTLP_PORT" (get $part.ports "otlp-http" | toString) -}}
{{- $_ := set $variables "WHENCE_OTLP_GRPC_PORT" (get $part.ports "otlp-grpc" | toString) -}}
{{- $_ := set $variables "CORS_ORIGINS" $root.Values.settings.corsOrigins -}}
{{- $_ := set $variables "WHENCE_TRUSTED_PROXIES" $root.Values.settings.trustedProxies -}}
{{- else if eq $name "analysis" -}}
{{- $_ := set $variables "WHENCE_PUBLIC_URL" $root.Values.settings.publicUrl -}}
{{- else if eq $name "instrumenter" -}}
{{- $_ := set $variables "WHENCE_INSTRUMENTER_WORKFLOW_ENDPOINT" (printf "http://%s-gateway.%s:%d" $fullname $root.Release.Namespace (int (get $parts.gateway.ports "otlp-http"))) -}}
{{- else if eq $name "control" -}}
{{- $_ := set $variables "WHENCE_REGISTRATION" $root.Values.settings.registration -}}
{{- end -}}
{{- range $key, $value := mergeOverwrite $variables (deepCopy $choices.environment) }}
- name: {{ $key }}
  value: {{ $value | toString | quote }}
{{- end -}}
{{- end -}}

{{/* Sources of the projected volume that SPRING_CONFIG_IMPORT reads; a file sets the property of its name. */}}
{{- define "whence.secretFiles" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $part := get (include "whence.parts" $root | fromYaml) $name -}}
{{- $choices := include "whence.choices" . | fromYaml -}}
{{- $values := $root.Values -}}
{{- if ne $name "gateway" }}
- secret:
    name: {{ include "whence.secretName" $root }}
    items:
      - { key: bootstrap-key, path: WHENCE_BOOTSTRAP_KEY }
{{- if eq $name "control" }}
      - { key: secret-key, path: WHENCE_SECRET_KEY }
{{- else if eq $name "analysis" }}
      - { key: notification-secret-key, path: WHENCE_NOTIFICATION_SECRET_KEY }
{{- end }}
{{- end }}
{{- if $part.database }}
{{- $secret := include "whence.databaseSecret" (list $root $part.database) | fromYaml }}
- secret:
    name: {{ $secret.name }}
    items:
      - { key: {{ $secret.key }}, path: DATABASE_URL }
{{- end }}
{{- if and $part.redis $values.redis.existingSecret }}
- secret:
    name: {{ $values.redis.existingSecret }}
    items:
      - { key: {{ $values.redis.key }}, path: REDIS_URL }
{{- end }}
{{- if and $part.kafka $values.kafka.existingSecret }}
- secret:
    name: {{ $values.kafka.existingSecret }}
{{- end }}
{{- if $values.telemetry.enabled }}
- secret:
    name: {{ $values.telemetry.existingSecret }}
    items:
      - { key: {{ $values.telemetry.key }}, path: management.opentelemetry.tracing.export.otlp.headers.x-api-key }
{{- end }}
{{- range $choices.secretFiles }}
- secret:
    name: {{ .secret }}
    items:
      {{- toYaml .items | nindent 6 }}
{{- end }}
{{- end -}}
