{{/* The bundled servers, not for production. Folders are writable; what they share is the name of their volume. */}}
{{- define "whence.demo" -}}
{{- $fullname := include "whence.fullname" . -}}
postgresql:
  port: 5432
  memory: 512Mi
  readOnly: true
  folders: { /var/lib/postgresql: data, /var/run/postgresql: run, /tmp: tmp }
  env:
    - { name: POSTGRES_DB, value: whence }
    - { name: POSTGRES_USER, value: whence }
    - name: POSTGRES_PASSWORD
      valueFrom:
        secretKeyRef: { name: {{ $fullname }}-demo-postgresql, key: password }
kafka:
  port: 9092
  memory: 1Gi
  readOnly: true
  # Its image writes settings and logs beside the program.
  folders: { /var/lib/kafka/data: data, /opt/kafka/config: config, /opt/kafka/logs: logs, /tmp: tmp }
  env:
    - { name: KAFKA_NODE_ID, value: "1" }
    - { name: KAFKA_PROCESS_ROLES, value: "broker,controller" }
    - { name: KAFKA_LISTENERS, value: "PLAINTEXT://:9092,CONTROLLER://:9093" }
    - { name: KAFKA_ADVERTISED_LISTENERS, value: "PLAINTEXT://{{ $fullname }}-demo-kafka:9092" }
    - { name: KAFKA_CONTROLLER_LISTENER_NAMES, value: CONTROLLER }
    - { name: KAFKA_LISTENER_SECURITY_PROTOCOL_MAP, value: "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT" }
    - { name: KAFKA_CONTROLLER_QUORUM_VOTERS, value: "1@localhost:9093" }
    - { name: KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR, value: "1" }
    - { name: KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR, value: "1" }
    - { name: KAFKA_TRANSACTION_STATE_LOG_MIN_ISR, value: "1" }
    - { name: KAFKA_AUTO_CREATE_TOPICS_ENABLE, value: "false" }
    - { name: KAFKA_LOG_DIRS, value: /var/lib/kafka/data }
    - { name: KAFKA_HEAP_OPTS, value: "-Xms256m -Xmx512m" }
redis:
  port: 6379
  memory: 128Mi
  readOnly: true
  folders: { /data: data }
  args: [redis-server, --save, "", --maxmemory, 96mb, --maxmemory-policy, noeviction]
{{- end -}}
