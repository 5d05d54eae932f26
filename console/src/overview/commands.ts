import { uuid } from '../ui/uuid';

/** A complete command: nothing to install, nothing to fill in. */
export function oneLog(base: string): string {
  const log = {
    signal_id: uuid(),
    trace_id: 'req-1a2b3c4d',
    service_name: 'payment-service',
    timestamp: new Date().toISOString(),
    level: 'ERROR',
    message: 'Payment declined by issuer',
  };
  return `curl ${base}/ingest/logs -H 'Content-Type: application/json' -d '${JSON.stringify(log, null, 2)}'`;
}

/** What a service with any OpenTelemetry SDK or agent is told. */
export function openTelemetry(base: string): string {
  return `export OTEL_EXPORTER_OTLP_ENDPOINT=${base}\nexport OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`;
}
