import type { Finding } from '../api/images';
import { plain, whole } from '../ui/text';
import { Rest, useFirst } from '../ui/Rest';

const SHOWN = 20;

/** What the server says of the text: the same as the markers in it, for reading one after the other. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const [shown, rest] = useFirst(findings, SHOWN);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return (
    <div className="findings">
      <p role="status" className={errors > 0 ? 'bad' : 'good'}>
        {verdict(errors, findings.length - errors)}
      </p>
      <ul>
        {shown.map((finding, index) => (
          <li key={index}>
            <span className={finding.severity === 'error' ? 'bad' : 'warned'}>{finding.severity}</span>
            <code>
              {finding.line}:{finding.column}
            </code>
            <span>
              {plain(finding.message)}
              {finding.suggestion && ` (did you mean “${plain(finding.suggestion)}”?)`}
            </span>
          </li>
        ))}
      </ul>
      <Rest {...rest} what="findings" />
    </div>
  );
}

function verdict(errors: number, warnings: number): string {
  const said = [errors > 0 ? counted(errors, 'error') : '', warnings > 0 ? counted(warnings, 'warning') : ''].filter(Boolean).join(', ');
  return errors > 0 ? `Not valid: ${said}` : said ? `Valid, with ${said}` : 'Valid';
}

function counted(count: number, what: string): string {
  return `${whole(count)} ${what}${count === 1 ? '' : 's'}`;
}
