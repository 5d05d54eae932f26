{{/* A rule of egress to postgresql, kafka or redis, wherever it is. */}}
{{- define "whence.egressTo" -}}
{{- $root := index . 0 -}}
{{- $store := index . 1 -}}
{{- $where := get $root.Values.networkPolicy $store -}}
- ports:
    {{- range $where.ports }}
    - { port: {{ . }} }
    {{- end }}
  {{- if (get $root.Values.demo $store).enabled }}
  to:
    - podSelector:
        matchLabels: {{- include "whence.selector" (list $root (printf "demo-%s" $store)) | nindent 10 }}
  {{- else if $where.to }}
  to: {{- toYaml $where.to | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* Where one part may go. */}}
{{- define "whence.egress" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $parts := include "whence.parts" $root | fromYaml -}}
{{- $part := get $parts $name -}}
{{- $rules := list -}}
{{- if $part.database }}{{ $rules = append $rules (include "whence.egressTo" (list $root "postgresql")) }}{{ end -}}
{{- if $part.kafka }}{{ $rules = append $rules (include "whence.egressTo" (list $root "kafka")) }}{{ end -}}
{{- if $part.redis }}{{ $rules = append $rules (include "whence.egressTo" (list $root "redis")) }}{{ end -}}
{{- if eq $name "gateway" }}{{ $rules = append $rules (include "whence.egressToServices" $root | trim) }}{{ end -}}
{{- if or $part.outbound $root.Values.settings.oidc.issuer }}{{ $rules = append $rules (include "whence.egressOutbound" $root) }}{{ end -}}
{{- if and $root.Values.telemetry.enabled (not $root.Values.telemetry.endpoint) }}{{ $rules = append $rules (include "whence.egressToGateway" $root) }}{{ end -}}
{{- join "\n" $rules -}}
{{- end -}}

{{- define "whence.egressToServices" -}}
{{- range $name, $part := include "whence.parts" . | fromYaml -}}
{{- if ne $name "gateway" }}
- ports:
    - { port: {{ $part.port }} }
  to:
    - podSelector:
        matchLabels: {{- include "whence.selector" (list $ $name) | nindent 10 }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "whence.egressToGateway" -}}
- ports:
    - { port: {{ get (include "whence.parts" . | fromYaml).gateway.ports "otlp-http" }} }
  to:
    - podSelector:
        matchLabels: {{- include "whence.selector" (list . "gateway") | nindent 10 }}
{{- end -}}

{{- define "whence.egressOutbound" -}}
- ports:
    {{- range .Values.networkPolicy.outbound.ports }}
    - { port: {{ . }} }
    {{- end }}
  to:
    - ipBlock:
        cidr: 0.0.0.0/0
        except: {{- toYaml .Values.networkPolicy.outbound.except | nindent 10 }}
{{- end -}}
