// The action's inputs, read from where the runner puts them, checked, and named.

export class UsageError extends Error {}

const MODES = ['apply', 'check', 'diff'];
const KINDS = ['operator', 'operator-free', 'lint', 'remove'];
const CONFIDENCES = ['medium', 'high'];
const FAILURES = ['never', 'changes', 'error', 'unknown', 'conflict'];
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export function readInputs(env) {
  const get = (name) => (env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] ?? '').trim();
  const flag = (name) => oneOf(name, get(name) || 'false', ['true', 'false']) === 'true';
  const number = (name, fallback) => {
    const value = Number(get(name) || fallback);
    if (!Number.isFinite(value) || value <= 0) throw new UsageError(`${name} must be a positive number`);
    return value;
  };
  const failOn = (get('fail-on') || 'error').split(',').map((word) => oneOf('fail-on', word.trim(), FAILURES));
  return {
    host: host(get('host') || get('traceassist_host'), flag('allow-http')),
    token: get('token'),
    files: (get('manifest_path') || get('files') || '**/*.{yml,yaml,json}\n!.github/**\n!**/node_modules/**')
      .split('\n').map((line) => line.trim()).filter(Boolean),
    mode: oneOf('mode', get('mode') || 'apply', MODES),
    instrument: oneOf('instrument', get('instrument') || 'operator', KINDS),
    language: get('language'),
    instrumentation: get('instrumentation') || 'true',
    minConfidence: oneOf('min-confidence', get('min-confidence') || 'high', CONFIDENCES),
    hintsFile: get('hints-file') || '.otel-hints.json',
    detectFromSource: (get('detect-from-source') || 'true') === 'true',
    failOn,
    onUnavailable: oneOf('on-unavailable', get('on-unavailable') || 'fail', ['fail', 'warn']),
    timeoutMs: number('timeout', 30) * 1000,
    maxFileSize: number('max-file-size', 5242880),
    usageOptOut: flag('usage-opt-out'),
    deploymentName: get('deployment_name') || 'github-action',
    repository: env.GITHUB_REPOSITORY || 'unknown',
    workspace: env.GITHUB_WORKSPACE || process.cwd(),
  };
}

function host(text, allowHttp) {
  if (!text) throw new UsageError('host is required');
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new UsageError('host is not a URL');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (allowHttp || LOOPBACK.includes(url.hostname)))) {
    throw new UsageError('host must be https; set allow-http to send manifests in the clear');
  }
  return url.href.replace(/\/+$/, '');
}

function oneOf(name, value, known) {
  if (!known.includes(value)) throw new UsageError(`${name} must be one of ${known.join(', ')}`);
  return value;
}
