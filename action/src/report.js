// What the runner, the pull request and code scanning get to see: places and codes, diffs, never Secrets.
import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';

const MOST_DIFF = 60_000;
const LEVEL = { error: 'error', warning: 'warning', info: 'note' };

/** The runner's commands are lines of text; data in them must not become commands. */
export function command(name, properties, message) {
  const data = (text) => String(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
  const property = (text) => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
  const list = Object.entries(properties).filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${property(value)}`).join(',');
  return `::${name}${list ? ` ${list}` : ''}::${data(message)}`;
}

export async function setOutput(file, name, value) {
  if (!file) return;
  // A delimiter that no value can guess.
  const delimiter = `whence-${randomUUID()}`;
  await appendFile(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
}

export function annotations(results) {
  const lines = [];
  for (const { file, findings } of results) {
    for (const finding of findings) {
      const name = finding.severity === 'error' ? 'error' : finding.severity === 'warning' ? 'warning' : 'notice';
      if (finding.severity === 'info') continue;
      lines.push(command(name, { file, line: finding.line || 1, title: finding.code }, text(finding)));
    }
  }
  return lines;
}

export function sarif(results) {
  const rules = new Map();
  const found = [];
  for (const { file, findings } of results) {
    for (const finding of findings) {
      rules.set(finding.code, {
        id: finding.code,
        shortDescription: { text: finding.message },
        help: { text: finding.remedy ?? finding.message },
        defaultConfiguration: { level: LEVEL[finding.severity] ?? 'warning' },
      });
      found.push({
        ruleId: finding.code,
        level: LEVEL[finding.severity] ?? 'warning',
        message: { text: text(finding) },
        locations: [{
          physicalLocation: { artifactLocation: { uri: file }, region: { startLine: Math.max(1, finding.line || 1) } },
        }],
      });
    }
  }
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'Whence', rules: [...rules.values()] } }, results: found }],
  };
}

export function summary(results) {
  const changed = results.filter((result) => result.changed);
  const rows = results.filter((result) => result.changed || result.findings.length > 0).map((result) =>
    `| \`${cell(result.file)}\` | ${result.changed ? 'yes' : 'no'} | ${result.findings.map((finding) => cell(finding.code)).join(', ')} |`);
  let diffs = '';
  for (const { file, diff } of changed) {
    const next = diff.replace('a/manifest', `a/${file}`).replace('b/manifest', `b/${file}`);
    if (diffs.length + next.length > MOST_DIFF) {
      diffs += '# more changes were left out\n';
      break;
    }
    diffs += next;
  }
  // The fence is longer than any run of backticks inside.
  const fence = '`'.repeat(Math.max(3, ...[...diffs.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return [`### Whence: ${line(results)}`, '', ...(rows.length ? ['| file | changes | findings |', '|---|---|---|', ...rows, ''] : []),
    ...(diffs ? [`${fence}diff`, diffs.trimEnd(), fence, ''] : [])].join('\n');
}

export function line(results) {
  const count = (test) => results.filter(test).length;
  return `${results.length} files, ${count((result) => result.changed)} with changes, ${results.reduce((sum, result) => sum + result.findings.length, 0)} findings`;
}

function text(finding) {
  const where = [finding.workload, finding.container].filter(Boolean).join(', ');
  return `${finding.message}${where ? ` (${where})` : ''}. ${finding.remedy ?? ''}`.trim();
}

function cell(value) {
  return String(value).replace(/[|`\r\n]/g, ' ');
}
