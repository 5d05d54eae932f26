import { several } from '../ui/text';
import { HEALTH, healthOf } from './health';

interface Props {
  calls: number;
  error_rate: number;
  /** How many incidents are open that affect it: what answers too late fails no call. */
  incidents?: number;
}

export function HealthMark({ calls, error_rate, incidents = 0 }: Props) {
  const health = healthOf({ calls, error_rate });
  if (incidents > 0 && (health === 'fine' || health === 'quiet')) {
    return (
      <span className="health health-shaky">
        <span aria-hidden>▲</span> {several(incidents, 'open incident')}
      </span>
    );
  }
  return (
    <span className={`health health-${health}`}>
      <span aria-hidden>{HEALTH[health].sign}</span> {HEALTH[health].word}
    </span>
  );
}
