import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { serviceLink } from '../service/link';
import { Service } from '../ui/parts';
import { plain } from '../ui/text';
import type { Cause } from './cause';
import { placeOf } from './cause';

const WORDS = {
  CONCLUSIVE: 'The cause',
  LIKELY: 'The likely cause',
  INCONCLUSIVE: 'The evidence does not name a cause',
} as const;

interface Props {
  cause: Cause;
  /** The time of the incident. */
  during?: Record<string, string>;
  children?: ReactNode;
}

/** The answer first, and how far to trust it. */
export function CauseCard({ cause, during, children }: Props) {
  const best = cause.hypotheses[0];
  const open = cause.verdict === 'INCONCLUSIVE';
  // What the headline says already is no reason for it.
  const because = best?.evidence?.map(({ statement }) => plain(statement)).find((statement) => !cause.headline.includes(statement));
  return (
    <section className={`cause verdict-${cause.verdict.toLowerCase()}`} aria-label="Root cause">
      <div className="verdict">
        <span>{WORDS[cause.verdict]}</span>
        <Confidence value={cause.confidence} />
      </div>
      <p className="headline">{cause.headline}</p>
      {best && !open && (
        <p className="where">
          <Link to={serviceLink(best.service, during)}>
            <Service name={best.service} />
          </Link>
          {placeOf(best).map((part) => (
            <code key={part}>{part}</code>
          ))}
        </p>
      )}
      {!open && because && <p className="advice">Because {because}</p>}
      {open && (
        <p className="advice">
          What would settle it: spans of the failing request (its trace shows which services are silent), the trace id in
          the logs, and a few minutes of normal traffic to compare with. New signals start a new analysis.
        </p>
      )}
      {cause.window && (
        <p className="faint">
          {cause.window.reference_minutes
            ? `Compared with ${cause.window.reference_minutes} normal minutes.`
            : 'There was no normal time to compare with yet.'}
        </p>
      )}
      {cause.narration && <blockquote>{cause.narration}</blockquote>}
      {children}
    </section>
  );
}

function Confidence({ value }: { value: number }) {
  return (
    <span className="confidence" title="How sure the analysis is, from 0 to 100">
      <meter min={0} max={100} value={value} aria-label="Confidence" />
      {value} % sure
    </span>
  );
}
