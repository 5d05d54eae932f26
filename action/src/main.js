// From a folder of manifests to Whence and back. Exit status: 0 done, 1 what fail-on names happened, 2 wrong usage,
// 3 Whence could not be reached.
import { appendFile, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { instrument, RefusedError, UnavailableError } from './client.js';
import { find, readInside, writeAtomically } from './files.js';
import { fromFile, fromSource } from './hints.js';
import { readInputs, UsageError } from './inputs.js';
import * as report from './report.js';
import { SpliceError, withhold } from './secrets.js';

// What no manifest can do without; files without it are not sent at all.
const LOOKS_LIKE_MANIFEST = /["']?kind["']?\s*:/;
const UNKNOWN = new Set(['UNKNOWN_LANGUAGE', 'LOW_CONFIDENCE']);
const CONFLICT = new Set(['LANGUAGE_CONFLICT', 'OTHER_LANGUAGE']);

export async function run(env, print = console.log) {
  let inputs;
  try {
    inputs = readInputs(env);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    print(report.command('error', {}, error.message));
    return 2;
  }
  let hints;
  try {
    hints = [...await fromFile(path.join(inputs.workspace, inputs.hintsFile)),
      ...(inputs.detectFromSource ? await fromSource(inputs.workspace) : [])].slice(0, 1000);
  } catch (error) {
    print(report.command('error', { file: inputs.hintsFile }, `the hints file cannot be read: ${error.message}`));
    return 2;
  }
  const results = [];
  try {
    for (const file of await find(inputs.workspace, inputs.files)) {
      const result = await one(inputs, file, hints);
      if (result) results.push(result);
    }
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    const warn = inputs.onUnavailable === 'warn';
    print(report.command(warn ? 'warning' : 'error', {}, `Whence cannot be reached: ${error.message}`));
    await publish(inputs, env, results, print);
    return warn ? 0 : 3;
  }
  await publish(inputs, env, results, print);
  return fails(inputs, results) ? 1 : 0;
}

async function one(inputs, file, hints) {
  const bytes = await readInside(inputs.workspace, file, inputs.maxFileSize);
  if (!bytes) return null;
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
  if (!LOOKS_LIKE_MANIFEST.test(text)) return null;
  try {
    const parts = withhold(text);
    const answer = await instrument(inputs, parts.text, hints);
    const changed = parts.restore(answer.modified_manifest_content);
    if (answer.changes_made !== (changed !== text)) throw new SpliceError('the answer contradicts itself');
    if (answer.changes_made && inputs.mode === 'apply') {
      await writeAtomically(inputs.workspace, file, Buffer.from(changed, 'utf8'));
    }
    return { file, changed: answer.changes_made, findings: answer.findings ?? [], workloads: answer.workloads ?? [], diff: answer.diff ?? '' };
  } catch (error) {
    if (!(error instanceof RefusedError || error instanceof SpliceError)) throw error;
    // Values files and other relatives of manifests may not be YAML at all; that is theirs to know.
    return {
      file, changed: false, workloads: [], diff: '',
      findings: [{ code: error.code ?? 'splice', severity: 'error', message: error.message, line: error.line ?? 1 }],
    };
  }
}

async function publish(inputs, env, results, print) {
  for (const text of report.annotations(results)) print(text);
  const folder = await mkdtemp(path.join(env.RUNNER_TEMP || tmpdir(), 'whence-'));
  const json = path.join(folder, 'report.json');
  const sarif = path.join(folder, 'report.sarif');
  await writeFile(json, JSON.stringify({ files: results }, null, 2));
  await writeFile(sarif, JSON.stringify(report.sarif(results), null, 2));
  const changed = results.filter((result) => result.changed).map((result) => result.file);
  const output = env.GITHUB_OUTPUT;
  await report.setOutput(output, 'changes_made', String(changed.length > 0));
  await report.setOutput(output, 'changed-files', changed.join('\n'));
  await report.setOutput(output, 'report', json);
  await report.setOutput(output, 'sarif', sarif);
  await report.setOutput(output, 'summary', report.line(results));
  if (env.GITHUB_STEP_SUMMARY) await appendFile(env.GITHUB_STEP_SUMMARY, report.summary(results));
  print(report.line(results));
}

function fails(inputs, results) {
  const findings = results.flatMap((result) => result.findings);
  return (inputs.mode === 'check' && results.some((result) => result.changed)) || inputs.failOn.some((what) => ({
    never: () => false,
    changes: () => results.some((result) => result.changed),
    error: () => findings.some((finding) => finding.severity === 'error'),
    unknown: () => findings.some((finding) => UNKNOWN.has(finding.code)),
    conflict: () => findings.some((finding) => CONFLICT.has(finding.code)),
  })[what]());
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await run(process.env);
}
