import { useState } from 'react';
import { at, origin } from '../base';
import { Command } from '../ui/parts';
import { uuid } from '../ui/uuid';

/** What to do while nothing has arrived yet. */
export function FirstMinute() {
  const base = origin();
  const [command] = useState(() => checkout(base));
  return (
    <section className="first">
      <p className="pulse" role="status">
        Waiting for the first signal
      </p>
      <h1>Send telemetry, get the cause.</h1>
      <p className="lead">Nothing has arrived yet. Run this, and an incident with its cause appears here:</p>
      <Command text={command} />
      <div className="columns even">
        <div>
          <h2>From a service with OpenTelemetry</h2>
          <p>No code changes; any SDK, agent or Collector.</p>
          <Command
            text={`export OTEL_EXPORTER_OTLP_ENDPOINT=${base}\nexport OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`}
          />
        </div>
        <div>
          <h2>From a whole simulated shop</h2>
          <p>Normal traffic, then one fault, then its cause.</p>
          <Command text="./whence demo" />
        </div>
      </div>
      <p className="faint">
        If this server requires credentials, add <code>-H &quot;X-Api-Key: …&quot;</code>. All endpoints are described in{' '}
        <a href={at('/docs')}>the API reference</a>.
      </p>
    </section>
  );
}

/** A complete command: nothing to install, nothing to fill in. */
function checkout(base: string): string {
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
