import { useState } from 'react';
import type { Route, Strategy } from '../api/notifications';
import { useChannels, useNotificationChange, useRoutes } from '../api/notifications';
import type { Severity } from '../api/types';
import { Failure } from '../ui/Failure';
import { Loading, Panel, Service, SEVERITIES, SeverityBadge } from '../ui/parts';
import { plain } from '../ui/text';

const STRATEGIES: Record<Strategy, string> = {
  'all-updates': 'every change',
  'new-only': 'new ones only',
  none: 'nothing',
};

export function Routing() {
  const routes = useRoutes();
  return (
    <Panel title="Routes">
      {routes.error && <Failure error={routes.error} />}
      {!routes.data && !routes.error && <Loading what="routes" />}
      {routes.data?.items.length === 0 && <p className="note">A channel without a route hears nothing.</p>}
      <ul className="affected">
        {routes.data?.items.map((route) => (
          <Row key={route.id} route={route} />
        ))}
      </ul>
      <AddRoute />
    </Panel>
  );
}

function Row({ route }: { route: Route }) {
  const change = useNotificationChange();
  return (
    <li className="line">
      <span className="tags">
        <b>{plain(route.channel_name)}</b>
        <span>hears {STRATEGIES[route.strategy]} from</span>
        <SeverityBadge severity={route.min_severity} />
        <span>{route.services.length === 0 ? 'of all services' : 'of'}</span>
        {route.services.map((service) => (
          <Service key={service} name={service} />
        ))}
      </span>
      <button type="button" disabled={change.isPending} onClick={() => change.mutate({ path: `routes/${encodeURIComponent(route.id)}`, method: 'DELETE' })}>
        remove
      </button>
      {change.error && <Failure error={change.error} />}
    </li>
  );
}

function AddRoute() {
  const channels = useChannels();
  const add = useNotificationChange<Route>();
  const [channel, setChannel] = useState('');
  const [services, setServices] = useState('');
  const [severity, setSeverity] = useState<Severity>('high');
  const [strategy, setStrategy] = useState<Strategy>('all-updates');
  const known = channels.data?.items ?? [];
  if (known.length === 0) return null;
  return (
    <details className="add">
      <summary>Add a route</summary>
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          const named = services.split(',').map((one) => one.trim()).filter(Boolean);
          add.mutate({ path: 'routes', method: 'POST', body: { channel_id: channel || known[0]?.id, services: named, min_severity: severity, strategy } });
        }}
      >
        <label>
          Channel
          <select value={channel || known[0]?.id} onChange={(event) => setChannel(event.target.value)}>
            {known.map((each) => (
              <option key={each.id} value={each.id}>
                {plain(each.name)}
              </option>
            ))}
          </select>
        </label>
        <label>
          Services, none = all
          <input value={services} maxLength={2000} onChange={(event) => setServices(event.target.value)} />
        </label>
        <label>
          From severity
          <select value={severity} onChange={(event) => setSeverity(event.target.value as Severity)}>
            {SEVERITIES.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <label>
          Hears
          <select value={strategy} onChange={(event) => setStrategy(event.target.value as Strategy)}>
            {(Object.keys(STRATEGIES) as Strategy[]).map((each) => (
              <option key={each} value={each}>
                {STRATEGIES[each]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" disabled={add.isPending}>
          Add
        </button>
      </form>
      {add.error && <Failure error={add.error} />}
    </details>
  );
}
