import { useState } from 'react';
import { useFeedback } from '../api/queries';
import type { Analysis, Incident } from '../api/types';
import { Failure } from '../ui/Failure';
import { whoAmI } from '../ui/me';
import { plain } from '../ui/text';

/** Keeps a person's judgement of the answer, which the accuracy figures count. */
export function WasThisRight({ analysis, incident }: { analysis: Analysis; incident: Incident }) {
  const [wrong, setWrong] = useState(false);
  const [service, setService] = useState('');
  const [note, setNote] = useState('');
  const feedback = useFeedback(incident.id);
  const judge = (right: boolean, more: { service?: string; note?: string } = {}) => {
    feedback.mutate({ right, ...more, incident_version: analysis.incident_version, actor: whoAmI() || undefined });
    setWrong(false);
  };
  const latest = analysis.feedback?.at(-1);
  return (
    <div className="judge" role="group" aria-label="Was this right?">
      <span>Was this right?</span>
      <button type="button" aria-pressed={latest?.right === true} disabled={feedback.isPending} onClick={() => judge(true)}>
        Yes
      </button>
      <button type="button" aria-pressed={latest?.right === false} aria-expanded={wrong} onClick={() => setWrong(!wrong)}>
        No
      </button>
      {latest && (
        <span className="faint">
          {plain(latest.actor)} said {latest.right ? 'yes' : 'no'}
          {latest.service ? `: it was ${plain(latest.service)}` : ''}
        </span>
      )}
      {wrong && (
        <form
          className="ask"
          onSubmit={(event) => {
            event.preventDefault();
            judge(false, { ...(service.trim() && { service: service.trim() }), ...(note.trim() && { note: note.trim() }) });
          }}
        >
          <label>
            Which service was it?
            <input list="candidates" value={service} maxLength={255} onChange={(event) => setService(event.target.value)} />
          </label>
          <datalist id="candidates">
            {incident.affected_services.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          <label>
            What was it?
            <input value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />
          </label>
          <button type="submit">Save</button>
        </form>
      )}
      {feedback.error && <Failure error={feedback.error} />}
    </div>
  );
}
