import type { Incident } from '../api/types';
import { useNow } from '../ui/time';

/** An analysis waits a moment for the rest of the trace, then takes seconds. */
const USUAL_MS = 90_000;

export function PendingAnalysis({ incident }: { incident: Incident }) {
  const now = useNow();
  const analysed = incident.severity === 'high' || incident.severity === 'critical';
  if (!analysed) {
    return (
      <section className="cause pending">
        <p className="headline">Not analysed.</p>
        <p className="advice">
          Causes are looked for from severity high on. This incident is {incident.severity}; it is analysed as soon as it
          gets worse.
        </p>
      </section>
    );
  }
  const late = now - Date.parse(incident.last_seen ?? incident.detected_at) > USUAL_MS;
  return (
    <section className="cause pending" role="status">
      <p className="headline pulse">Looking for the cause</p>
      <p className="advice">
        {late
          ? 'This takes longer than usual. If it stays so, the analysis worker may be down: see /readiness.'
          : 'The signals are being compared; the answer appears here by itself.'}
      </p>
    </section>
  );
}
