import { useState } from 'react';
import { useIncidentAction } from '../api/queries';
import type { Incident, IncidentState } from '../api/types';
import { Failure } from '../ui/Failure';
import { plain } from '../ui/text';
import { rememberMe, whoAmI } from '../ui/me';
import { moment } from '../ui/time';

/** What can be done in each state. */
const POSSIBLE: Record<IncidentState, string[]> = {
  open: ['acknowledge', 'assign', 'snooze', 'resolve', 'ignore'],
  acknowledged: ['assign', 'snooze', 'resolve', 'ignore'],
  snoozed: ['acknowledge', 'assign', 'resolve', 'ignore'],
  resolved: ['reopen', 'close'],
  closed: ['reopen'],
  merged: [],
};

const DIRECT = new Set(['acknowledge', 'resolve', 'close', 'reopen', 'ignore']);

const HINT: Record<string, string> = {
  acknowledge: 'Say that somebody is looking at it',
  ignore: 'Resolve it, and open nothing for its problems again',
  snooze: 'Be quiet until a time or until it gets worse',
};

type Form = 'assign' | 'snooze' | 'comment' | 'merge' | null;

export function Actions({ incident }: { incident: Incident }) {
  const [form, setForm] = useState<Form>(null);
  const action = useIncidentAction(incident.id);
  const state = incident.state ?? 'open';
  const act = (name: string, more: Record<string, unknown> = {}) => {
    action.mutate({ action: name, body: { ...more, actor: whoAmI() || undefined, expected_revision: incident.revision } });
    setForm(null);
  };
  return (
    <section className="actions" aria-label="Actions">
      <div className="buttons">
        {(POSSIBLE[state] ?? []).map((name) => (
          <button
            key={name}
            type="button"
            title={HINT[name]}
            disabled={action.isPending}
            aria-expanded={DIRECT.has(name) ? undefined : form === name}
            onClick={() => (DIRECT.has(name) ? act(name) : setForm(form === name ? null : (name as Form)))}
          >
            {name}
          </button>
        ))}
        {state !== 'merged' && (
          <button type="button" aria-expanded={form === 'merge'} onClick={() => setForm(form === 'merge' ? null : 'merge')}>
            merge
          </button>
        )}
        <button type="button" aria-expanded={form === 'comment'} onClick={() => setForm(form === 'comment' ? null : 'comment')}>
          comment
        </button>
        <button type="button" disabled={action.isPending} onClick={() => action.mutate({ action: 'analysis/rerun', body: { actor: whoAmI() || undefined } })}>
          analyse again
        </button>
      </div>
      {form === 'assign' && (
        <Ask label="To whom" start={incident.assignee ?? whoAmI()} onDone={(assignee) => act('assign', { assignee })} allowEmpty />
      )}
      {form === 'comment' && <Ask label="Comment" start="" onDone={(comment) => act('comments', { comment, expected_revision: undefined })} />}
      {form === 'merge' && <Ask label="Id of the incident that this one belongs to" start="" onDone={(into) => act('merge', { into })} />}
      {form === 'snooze' && (
        <div className="ask">
          {[30, 120, 1440].map((minutes) => (
            <button key={minutes} type="button" onClick={() => act('snooze', { until: new Date(Date.now() + minutes * 60_000).toISOString() })}>
              for {minutes < 60 ? `${minutes} min` : `${minutes / 60} h`}
            </button>
          ))}
          <button type="button" onClick={() => act('snooze', { until_escalates: true })}>
            until it gets worse
          </button>
        </div>
      )}
      {action.error && <Failure error={action.error} />}
      {state === 'snoozed' && <p className="faint">{snoozeText(incident)}</p>}
    </section>
  );
}

interface AskProps {
  label: string;
  start: string;
  allowEmpty?: boolean;
  onDone: (text: string) => void;
}

function Ask({ label, start, allowEmpty = false, onDone }: AskProps) {
  const [text, setText] = useState(start);
  const [me, setMe] = useState(whoAmI());
  return (
    <form
      className="ask"
      onSubmit={(event) => {
        event.preventDefault();
        rememberMe(me);
        if (allowEmpty || text.trim()) onDone(text.trim());
      }}
    >
      <label>
        {label}
        <input value={text} maxLength={2000} autoFocus onChange={(event) => setText(event.target.value)} />
      </label>
      <label>
        Your name
        <input value={me} maxLength={200} onChange={(event) => setMe(event.target.value)} />
      </label>
      <button type="submit">Save</button>
    </form>
  );
}

function snoozeText(incident: Incident): string {
  const until = incident.snooze?.until ? `until ${moment(incident.snooze.until)}` : '';
  const worse = incident.snooze?.until_escalates ? 'until it gets worse' : '';
  return plain(`Snoozed ${[until, worse].filter(Boolean).join(' or ')}.`);
}
