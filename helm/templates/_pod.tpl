{{/* What the restricted Pod Security Standard asks of a pod and of a container, and somewhat more. */}}
{{- define "whence.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "whence.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* The pod of one service; takes a list of the root and the part's name. */}}
{{- define "whence.pod" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $part := get (include "whence.parts" $root | fromYaml) $name -}}
{{- $choices := include "whence.choices" . | fromYaml -}}
{{- $secretFiles := include "whence.secretFiles" . -}}
metadata:
  labels:
    {{- include "whence.selector" . | nindent 4 }}
    app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
    app.kubernetes.io/part-of: whence
    {{- with $choices.podLabels }}{{ toYaml . | nindent 4 }}{{ end }}
  annotations:
    kubectl.kubernetes.io/default-container: {{ $name }}
    checksum/settings: {{ include "whence.settings" $root | sha256sum }}
    {{- if $root.Values.monitoring.scrapeAnnotations }}
    prometheus.io/scrape: "true"
    prometheus.io/path: /metrics
    prometheus.io/port: {{ $part.port | quote }}
    {{- end }}
    {{- with $choices.podAnnotations }}{{ toYaml . | nindent 4 }}{{ end }}
spec:
  serviceAccountName: {{ include "whence.fullname" $root }}-{{ $name }}
  automountServiceAccountToken: false
  # Variables of the kind WHENCE_INGEST_PORT=tcp://... would be taken for settings.
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ $choices.terminationGracePeriodSeconds }}
  {{- with $choices.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $root.Values.image.pullSecrets }}
  imagePullSecrets: {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext: {{- include "whence.podSecurity" . | nindent 4 }}
  topologySpreadConstraints:
    {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels: {{- include "whence.selector" (list $root $name) | nindent 10 }}
      # Each roll-out is spread by itself.
      matchLabelKeys: [pod-template-hash]
    {{- end }}
  {{- with $choices.nodeSelector }}
  nodeSelector: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $choices.tolerations }}
  tolerations: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $choices.affinity }}
  affinity: {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: {{ $name }}
      image: {{ include "whence.image" (list $root $part.module) }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      securityContext: {{- include "whence.containerSecurity" . | nindent 8 }}
      ports:
        - { name: http, containerPort: {{ $part.port }} }
        {{- range $port, $number := $part.ports }}
        - { name: {{ $port }}, containerPort: {{ $number }} }
        {{- end }}
      envFrom:
        - configMapRef: { name: {{ include "whence.fullname" $root }}-settings }
      env: {{- include "whence.environment" . | trim | nindent 8 }}
      resources: {{- toYaml $choices.resources | nindent 8 }}
      # A JVM that starts on a busy node.
      startupProbe:
        httpGet: { path: /health, port: http }
        periodSeconds: 2
        timeoutSeconds: 2
        failureThreshold: 60
      livenessProbe:
        httpGet: { path: /health, port: http }
        initialDelaySeconds: 15
        periodSeconds: 20
        timeoutSeconds: 5
        failureThreshold: 3
      readinessProbe:
        httpGet: { path: /readiness, port: http }
        initialDelaySeconds: 20
        periodSeconds: 20
        timeoutSeconds: 5
        failureThreshold: 3
      lifecycle:
        preStop:
          sleep: { seconds: {{ $choices.preStopSeconds }} }
      volumeMounts:
        - { name: tmp, mountPath: /tmp }
        {{- if $secretFiles }}
        - { name: secrets, mountPath: /etc/whence/secrets, readOnly: true }
        {{- end }}
        {{- if $root.Values.certificates.existingSecret }}
        - { name: certificates, mountPath: /etc/whence/certificates, readOnly: true }
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: { sizeLimit: 256Mi }
    {{- with $secretFiles }}
    - name: secrets
      projected:
        defaultMode: 0440
        sources: {{- . | trim | nindent 10 }}
    {{- end }}
    {{- with $root.Values.certificates.existingSecret }}
    - name: certificates
      secret: { secretName: {{ . }}, defaultMode: 0440 }
    {{- end }}
{{- end -}}
