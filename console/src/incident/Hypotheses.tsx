import { Link } from 'react-router';
import type { EvidenceItem, Hypothesis } from '../api/types';
import { Panel, Service } from '../ui/parts';
import { plain } from '../ui/text';
import type { Cause } from './cause';
import { evidenceLink, signalsOf } from './cause';

export function Hypotheses({ cause, trace }: { cause: Cause; trace: string | null }) {
  const highest = Math.max(...cause.hypotheses.map((hypothesis) => hypothesis.score), 0.000001);
  return (
    <>
      {cause.hypotheses.length > 0 && (
        <Panel title="Ranked by evidence">
          <ol className="hypotheses">
            {cause.hypotheses.map((hypothesis) => (
              <Candidate
                key={hypothesis.rank}
                hypothesis={hypothesis}
                share={hypothesis.score / highest}
                trace={trace}
                told={plain(hypothesis.statement) === cause.headline}
              />
            ))}
          </ol>
        </Panel>
      )}
      {cause.ruledOut.length > 0 && (
        <Panel title="Ruled out">
          <ul className="ruledout">
            {cause.ruledOut.map((item, index) => (
              <li key={index}>
                <Service name={item.service} />
                <span>{plain(item.reason)}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

interface CandidateProps {
  hypothesis: Hypothesis;
  share: number;
  trace: string | null;
  /** Its statement is the headline already. */
  told: boolean;
}

function Candidate({ hypothesis, share, trace, told }: CandidateProps) {
  return (
    <li>
      <div className="line">
        <span className="rank">{hypothesis.rank}</span>
        <Service name={hypothesis.service} />
        {hypothesis.operation && <code>{plain(hypothesis.operation)}</code>}
        <meter min={0} max={1} value={share} aria-label={`Score ${hypothesis.score}`} />
        <span className="faint">{hypothesis.score.toFixed(2)}</span>
      </div>
      {!told && <p>{plain(hypothesis.statement)}</p>}
      <ul className="evidence">
        {(hypothesis.evidence ?? []).map((evidence, index) => (
          <li key={index}>
            <Proof evidence={evidence} trace={trace} />
          </li>
        ))}
      </ul>
    </li>
  );
}

function Proof({ evidence, trace }: { evidence: EvidenceItem; trace: string | null }) {
  const link = evidenceLink(evidence, trace);
  const count = signalsOf(evidence).length;
  const content = (
    <>
      <span className="kind">{plain(evidence.kind).replaceAll(/[_-]/g, ' ').toLowerCase()}</span>
      <span>{plain(evidence.statement)}</span>
      {count > 0 && (
        <span className="faint">
          {count} {count === 1 ? 'signal' : 'signals'}
        </span>
      )}
    </>
  );
  return link ? <Link to={link}>{content}</Link> : <div>{content}</div>;
}
