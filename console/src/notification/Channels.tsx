import { useState } from 'react';
import type { Channel, ChannelKind, TestOutcome } from '../api/notifications';
import { useChannels, useNotificationChange } from '../api/notifications';
import { Failure } from '../ui/Failure';
import { Ago, Empty, Loading, Panel } from '../ui/parts';
import { plain, whole } from '../ui/text';

/** What each kind needs to reach its target. */
const NEEDS: Record<ChannelKind, { field: string; label: string; placeholder: string }> = {
  webhook: { field: 'url', label: 'Address', placeholder: 'https://hooks.example.org/whence' },
  slack: { field: 'url', label: 'Incoming webhook', placeholder: 'https://hooks.slack.com/services/…' },
  pagerduty: { field: 'routing_key', label: 'Routing key (Events v2)', placeholder: '' },
  email: { field: 'recipients', label: 'Recipients, comma between', placeholder: 'oncall@example.org' },
  alertmanager: { field: 'url', label: 'Receiver of webhook v4', placeholder: 'https://receiver.example.org/alerts' },
};

const KINDS = Object.keys(NEEDS) as ChannelKind[];

export function Channels() {
  const channels = useChannels();
  return (
    <Panel title="Channels">
      {channels.error && <Failure error={channels.error} />}
      {!channels.data && !channels.error && <Loading what="channels" />}
      {channels.data?.items.length === 0 && (
        <Empty title="Nobody is notified yet.">
          <p>Add a channel, send a test, then give it a route.</p>
        </Empty>
      )}
      <ul className="affected">
        {channels.data?.items.map((channel) => (
          <Row key={channel.id} channel={channel} />
        ))}
      </ul>
      <AddChannel />
    </Panel>
  );
}

function Row({ channel }: { channel: Channel }) {
  const test = useNotificationChange<TestOutcome>();
  const change = useNotificationChange();
  const path = `channels/${encodeURIComponent(channel.id)}`;
  return (
    <li>
      <div className="line">
        <span className="tags">
          <b>{plain(channel.name)}</b>
          <span className="faint">{channel.kind}</span>
          <code>{plain(channel.target)}</code>
          {!channel.enabled && <span className="status">off</span>}
          {channel.circuit === 'open' && <span className="bad">paused after failures</span>}
        </span>
        <span className="buttons">
          <button type="button" disabled={test.isPending} onClick={() => test.mutate({ path: `${path}/test`, method: 'POST' })}>
            test
          </button>
          <button type="button" disabled={change.isPending} onClick={() => confirm(`Remove ${channel.name} and its routes?`) && change.mutate({ path, method: 'DELETE' })}>
            remove
          </button>
        </span>
      </div>
      <p className="faint">
        {channel.last_sent_at ? (
          <>
            last sent <Ago at={channel.last_sent_at} />
          </>
        ) : (
          'nothing sent yet'
        )}
        {(channel.pending ?? 0) > 0 && `, ${whole(channel.pending ?? 0)} waiting`}
        {(channel.failed ?? 0) > 0 && `, ${whole(channel.failed ?? 0)} given up in 24 h: ${plain(channel.last_error ?? '')}`}
      </p>
      {test.data && (
        <p role="status" className={test.data.outcome === 'sent' ? 'good' : 'bad'}>
          {test.data.outcome === 'sent' ? 'The test arrived' : 'The test failed'}: {plain(test.data.detail)}
          {test.data.response && <code> {plain(test.data.response)}</code>}
        </p>
      )}
      {test.error && <Failure error={test.error} />}
      {change.error && <Failure error={change.error} />}
    </li>
  );
}

function AddChannel() {
  const [kind, setKind] = useState<ChannelKind>('webhook');
  const [name, setName] = useState('');
  const [where, setWhere] = useState('');
  const add = useNotificationChange<Channel>();
  const need = NEEDS[kind];
  return (
    <details className="add">
      <summary>Add a channel</summary>
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          const value = need.field === 'recipients' ? where.split(',').map((one) => one.trim()).filter(Boolean) : where.trim();
          add.mutate(
            { path: 'channels', method: 'POST', body: { name: name.trim(), kind, [need.field]: value } },
            {
              onSuccess: () => {
                setName('');
                setWhere('');
              },
            },
          );
        }}
      >
        <label>
          Kind
          <select value={kind} onChange={(event) => setKind(event.target.value as ChannelKind)}>
            {KINDS.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <label>
          Name
          <input required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <label>
          {need.label}
          <input required maxLength={2000} placeholder={need.placeholder} value={where} onChange={(event) => setWhere(event.target.value)} />
        </label>
        <button type="submit" disabled={add.isPending}>
          Add
        </button>
      </form>
      {add.error && <Failure error={add.error} />}
      {add.data?.secret && (
        <p className="note" role="status">
          Its messages are signed with <code>{plain(add.data.secret)}</code>. It is shown only now.
        </p>
      )}
    </details>
  );
}
