import { Link } from 'react-router';
import type { EvidenceItem, Hypothesis, Incident } from '../api/types';
import { Panel, Service } from '../ui/parts';
import { plain } from '../ui/text';
import type { Cause, Firmness } from './cause';
import { evidenceLink, placeOf, signalsOf } from './cause';

export function Hypotheses({ cause, incident }: { cause: Cause; incident: Pick<Incident, 'id' | 'trace_id'> }) {
  const highest = Math.max(...cause.hypotheses.map((hypothesis) => hypothesis.score), 0.000001);
  return (
    <>
      {cause.hypotheses.length > 0 && (
        <Panel title="Ranked by evidence">
          <ol className="hypotheses">
            {cause.hypotheses.map((hypothesis, index) => (
              <Candidate
                key={index}
                hypothesis={hypothesis}
                share={hypothesis.score / highest}
                incident={incident}
                told={plain(hypothesis.statement) === cause.headline}
              />
            ))}
          </ol>
          {cause.firmness && <Firm firmness={cause.firmness} />}
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

/** Whether the first place rests on one kind of evidence alone. */
function Firm({ firmness: { first, kinds, changes } }: { firmness: Firmness }) {
  if (changes.length === 0)
    return (
      <p className="firm">
        {plain(first)} stays first whichever of the {kinds} kinds of evidence is left out.
      </p>
    );
  return (
    <ul className="firm" aria-label="What the first place rests on">
      {changes.map(({ evidence, first: others }) => (
        <li key={evidence}>
          Without <span className="kind">{kindOf(evidence)}</span> {others.length === 0 ? 'nobody would be suspect' : `${others.slice(0, 3).map(plain).join(', ')} would ${others.length > 1 ? 'share the first place' : 'come first'}`}
        </li>
      ))}
    </ul>
  );
}

const kindOf = (kind: string) => plain(kind).replaceAll(/[_-]/g, ' ').toLowerCase();

interface CandidateProps {
  hypothesis: Hypothesis;
  share: number;
  incident: Pick<Incident, 'id' | 'trace_id'>;
  /** Its statement is the headline already. */
  told: boolean;
}

function Candidate({ hypothesis, share, incident, told }: CandidateProps) {
  return (
    <li>
      <div className="line">
        <span className="rank">{hypothesis.rank}</span>
        <Service name={hypothesis.service} />
        {hypothesis.level && hypothesis.level !== 'service' && <span className="faint">{plain(hypothesis.level)}</span>}
        {placeOf(hypothesis).map((part) => (
          <code key={part}>{part}</code>
        ))}
        <meter min={0} max={1} value={share} aria-label={`Score ${hypothesis.score}`} />
        <span className="faint">{hypothesis.score.toFixed(2)}</span>
      </div>
      {!told && <p>{plain(hypothesis.statement)}</p>}
      {(hypothesis.evidence ?? []).length > 0 && (
        <ul className="evidence" aria-label={`Why ${plain(hypothesis.service)}`}>
          {(hypothesis.evidence ?? []).map((evidence, index) => (
            <li key={index}>
              <Proof evidence={evidence} incident={incident} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Proof({ evidence, incident }: { evidence: EvidenceItem; incident: Pick<Incident, 'id' | 'trace_id'> }) {
  const link = evidenceLink(evidence, incident);
  const count = signalsOf(evidence).length;
  const content = (
    <>
      <span className="kind">{kindOf(evidence.kind)}</span>
      <span>because {plain(evidence.statement)}</span>
      {count > 0 && (
        <span className="faint" title={strengthText(evidence.strength)}>
          {count} {count === 1 ? 'signal' : 'signals'}
        </span>
      )}
    </>
  );
  return link ? <Link to={link}>{content}</Link> : <div>{content}</div>;
}

function strengthText(strength: number | undefined): string | undefined {
  return strength === undefined ? undefined : `Strength ${strength.toFixed(1)}: once in ${Math.round(10 ** Math.min(strength, 9)).toLocaleString('en-US')} in normal time`;
}
