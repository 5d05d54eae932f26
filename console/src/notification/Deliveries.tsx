import { Link } from 'react-router';
import { useDeliveries, useNotificationChange } from '../api/notifications';
import { Failure } from '../ui/Failure';
import { Ago, Loading, Panel } from '../ui/parts';
import { plain } from '../ui/text';

/** What was sent, newest first, and what became of it. */
export function Deliveries() {
  const deliveries = useDeliveries();
  const replay = useNotificationChange();
  return (
    <Panel title="Delivery log">
      {deliveries.error && <Failure error={deliveries.error} />}
      {!deliveries.data && !deliveries.error && <Loading what="the delivery log" />}
      {deliveries.data?.items.length === 0 && <p className="note">Nothing was sent yet.</p>}
      <ul className="affected">
        {deliveries.data?.items.map((delivery) => (
          <li key={delivery.id}>
            <div className="line">
              <span className="tags">
                <span className={delivery.state === 'failed' ? 'bad' : delivery.state === 'sent' ? 'good' : 'faint'}>{delivery.state}</span>
                <b>{plain(delivery.type.replace(/^incident\./, '').replaceAll('_', ' '))}</b>
                <span>to {plain(delivery.channel_name)}</span>
              </span>
              <Ago at={delivery.sent_at ?? delivery.created_at} />
            </div>
            <div className="line">
              <p className="faint">
                {delivery.incident_id && <Link to={`/incidents/${encodeURIComponent(delivery.incident_id)}`}>{plain(delivery.incident_title ?? delivery.incident_id.slice(0, 8))}</Link>}
                {delivery.last_detail && ` ${plain(delivery.last_detail)}`}
                {delivery.attempts > 1 && ` after ${delivery.attempts} attempts`}
              </p>
              {(delivery.state === 'sent' || delivery.state === 'failed') && (
                <button
                  type="button"
                  title="The receiver sees the same delivery id again"
                  disabled={replay.isPending}
                  onClick={() => replay.mutate({ path: `deliveries/${encodeURIComponent(delivery.id)}/replay`, method: 'POST' })}
                >
                  send again
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {replay.error && <Failure error={replay.error} />}
    </Panel>
  );
}
