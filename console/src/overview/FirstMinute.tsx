import { useState } from 'react';
import { at, origin } from '../base';
import { Command } from '../ui/parts';
import { oneLog, openTelemetry } from './commands';

/** What to do while nothing has arrived yet. */
export function FirstMinute() {
  const base = origin();
  const [command] = useState(() => oneLog(base));
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
            text={openTelemetry(base)}
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
