import { useState } from 'react';
import { useMaintenance, useNotificationChange } from '../api/notifications';
import { Failure } from '../ui/Failure';
import { whoAmI } from '../ui/me';
import { Panel, Service } from '../ui/parts';
import { plain, whole } from '../ui/text';
import { moment } from '../ui/time';

/** While it lasts nothing is sent; what was held is told in one message after. */
export function Maintenance() {
  const windows = useMaintenance();
  const change = useNotificationChange();
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState(60);
  const [services, setServices] = useState('');
  return (
    <Panel title="Maintenance">
      {windows.error && <Failure error={windows.error} />}
      <ul className="affected">
        {windows.data?.items.map((window) => (
          <li key={window.id} className="line">
            <span className="tags">
              <span className="status">{window.state}</span>
              <b>{plain(window.reason)}</b>
              {window.services.map((service) => (
                <Service key={service} name={service} />
              ))}
              <span className="faint">
                {moment(window.from)} – {moment(window.to)}
                {(window.held ?? 0) > 0 && `, ${whole(window.held ?? 0)} held`}
              </span>
            </span>
            {window.state !== 'ended' && (
              <button type="button" disabled={change.isPending} onClick={() => change.mutate({ path: `maintenance/${encodeURIComponent(window.id)}`, method: 'DELETE' })}>
                end
              </button>
            )}
          </li>
        ))}
      </ul>
      <details className="add">
        <summary>Start maintenance</summary>
        <form
          className="ask"
          onSubmit={(event) => {
            event.preventDefault();
            const named = services.split(',').map((one) => one.trim()).filter(Boolean);
            const to = new Date(Date.now() + minutes * 60_000).toISOString();
            change.mutate({ path: 'maintenance', method: 'POST', body: { services: named, to, reason: reason.trim(), actor: whoAmI() || undefined } });
          }}
        >
          <label>
            Reason
            <input required maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
          </label>
          <label>
            Minutes
            <input type="number" min={1} max={43_200} value={minutes} onChange={(event) => setMinutes(Number(event.target.value))} />
          </label>
          <label>
            Services, none = all
            <input value={services} maxLength={2000} onChange={(event) => setServices(event.target.value)} />
          </label>
          <button type="submit" disabled={change.isPending}>
            Start now
          </button>
        </form>
      </details>
      {change.error && <Failure error={change.error} />}
    </Panel>
  );
}
