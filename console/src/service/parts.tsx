import { HEALTH, healthOf } from './health';

export function HealthMark({ calls, error_rate }: { calls: number; error_rate: number }) {
  const health = healthOf({ calls, error_rate });
  return (
    <span className={`health health-${health}`}>
      <span aria-hidden>{HEALTH[health].sign}</span> {HEALTH[health].word}
    </span>
  );
}
