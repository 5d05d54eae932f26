// One request to Whence, with patience for what passes and none for what does not.
import { setTimeout as sleep } from 'node:timers/promises';

const TRIES = 3;
const TRANSIENT = new Set([408, 425, 429, 502, 503, 504]);

export class UnavailableError extends Error {}

export class RefusedError extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `the server answered ${status}`);
    this.status = status;
    this.line = problem?.line;
    this.code = problem?.reason ?? problem?.code ?? `http-${status}`;
  }
}

export async function instrument(inputs, manifest, hints, { pause = sleep } = {}) {
  const body = JSON.stringify({
    manifest_content: manifest,
    deployment_name: inputs.deploymentName,
    client_repo: inputs.repository,
    mode: inputs.instrument,
    instrumentation: inputs.instrumentation,
    min_confidence: inputs.minConfidence,
    ...(inputs.language ? { language: inputs.language } : {}),
    hints,
  });
  let last;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (attempt > 0) await pause(Math.max(250 * 2 ** attempt, last?.retryAfterMs ?? 0));
    last = await once(inputs, body);
    if (last.answer) return last.answer;
  }
  throw new UnavailableError(last.reason);
}

async function once(inputs, body) {
  let response;
  try {
    response = await fetch(`${inputs.host}/workflow/instrument`, {
      method: 'POST',
      // A redirect would carry the manifest and the token to whom nobody named.
      redirect: 'manual',
      signal: AbortSignal.timeout(inputs.timeoutMs),
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'user-agent': 'whence-action/0.1',
        ...(inputs.token ? { authorization: `Bearer ${inputs.token}` } : {}),
        ...(inputs.usageOptOut ? { 'x-usage-opt-out': 'true' } : {}),
      },
      body,
    });
  } catch (error) {
    return { reason: error.name === 'TimeoutError' ? 'no answer in time' : `no connection (${error.cause?.code ?? error.name})` };
  }
  const text = await response.text().catch(() => '');
  if (TRANSIENT.has(response.status)) {
    const seconds = Number(response.headers.get('retry-after'));
    return { reason: `the server answered ${response.status}`, retryAfterMs: Math.min(Number.isFinite(seconds) ? seconds : 0, 30) * 1000 };
  }
  if (response.status !== 200) throw new RefusedError(response.status, parse(text));
  const answer = parse(text);
  if (typeof answer?.modified_manifest_content !== 'string' || typeof answer?.changes_made !== 'boolean') {
    throw new RefusedError(200, { detail: 'the answer is not one of Whence', code: 'unexpected-answer' });
  }
  return { answer };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
