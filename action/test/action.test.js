import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { find, toPattern } from '../src/files.js';
import { decide, fromSource } from '../src/hints.js';
import { readInputs, UsageError } from '../src/inputs.js';
import { run } from '../src/main.js';
import { command } from '../src/report.js';
import { SpliceError, withhold } from '../src/secrets.js';

let folder;
let server;
let requests;
let answer;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'action-'));
  requests = [];
  answer = (body) => ({
    status: 200,
    body: {
      modified_manifest_content: body.manifest_content.replace('kind: Pod', 'kind: Pod # seen'),
      changes_made: body.manifest_content.includes('kind: Pod'),
      findings: [], workloads: [], diff: '--- a/manifest\n+++ b/manifest\n',
    },
  });
  server = http.createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => { text += chunk; });
    request.on('end', () => {
      requests.push({ url: request.url, headers: request.headers, body: JSON.parse(text) });
      const { status, body, headers } = answer(JSON.parse(text), requests.length);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body ?? {}));
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
});

afterEach(async () => {
  await new Promise((done) => server.close(done));
  await rm(folder, { recursive: true, force: true });
});

const env = (inputs = {}) => ({
  INPUT_HOST: `http://127.0.0.1:${server.address().port}`,
  GITHUB_WORKSPACE: folder,
  GITHUB_REPOSITORY: 'octo/repo',
  GITHUB_OUTPUT: path.join(folder, '.output'),
  GITHUB_STEP_SUMMARY: path.join(folder, '.summary'),
  RUNNER_TEMP: folder,
  ...Object.fromEntries(Object.entries(inputs).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value])),
});

const file = async (name, text) => {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), text);
};

const silent = () => {};

test('changes are written, permissions kept, outputs set', async () => {
  await file('k8s/pod.yaml', 'kind: Pod\r\n# é\r\n');
  await chmod(path.join(folder, 'k8s/pod.yaml'), 0o640);
  await file('k8s/other.yaml', 'kind: Service\n');
  await file('notes.yaml', 'just: text\n');
  assert.equal(await run(env(), silent), 0);
  assert.equal(await readFile(path.join(folder, 'k8s/pod.yaml'), 'utf8'), 'kind: Pod # seen\r\n# é\r\n');
  assert.equal((await stat(path.join(folder, 'k8s/pod.yaml'))).mode & 0o777, 0o640);
  assert.equal(requests.length, 2);
  assert.equal(requests[0].body.client_repo, 'octo/repo');
  const output = await readFile(path.join(folder, '.output'), 'utf8');
  assert.match(output, /^changes_made<<(whence-[0-9a-f-]+)\ntrue\n\1\n/);
  assert.match(output, /changed-files<<\S+\nk8s\/pod\.yaml\n/);
});

test('check writes nothing and fails', async () => {
  await file('pod.yaml', 'kind: Pod\n');
  assert.equal(await run(env({ mode: 'check' }), silent), 1);
  assert.equal(await readFile(path.join(folder, 'pod.yaml'), 'utf8'), 'kind: Pod\n');
});

test('secrets stay on the runner and come back byte for byte', async () => {
  const secret = 'apiVersion: v1\r\nkind: Secret\r\nstringData:\r\n  password: hunter2 $1 $& ü\r\n\r\n';
  const text = `# first\nkind: Pod\n---\n${secret}--- # c\nkind: Service\n--- {kind: "Secret", data: {a: aHVudGVyMg==}}\n`;
  await file('all.yaml', text);
  assert.equal(await run(env(), silent), 0);
  assert.ok(!JSON.stringify(requests).includes('hunter2'));
  assert.ok(!JSON.stringify(requests).includes('aHVudGVyMg'));
  assert.equal(requests[0].body.manifest_content.split('\n').length, text.split('\n').length);
  assert.equal(await readFile(path.join(folder, 'all.yaml'), 'utf8'), text.replace('kind: Pod', 'kind: Pod # seen'));
});

test('withheld lines that are lost or moved are an error', () => {
  const parts = withhold('kind: Secret\na: b\n---\nkind: Pod\n');
  assert.equal(parts.restore(parts.text), 'kind: Secret\na: b\n---\nkind: Pod\n');
  assert.throws(() => parts.restore(parts.text.split('\n').slice(1).join('\n')), SpliceError);
  assert.throws(() => parts.restore(parts.text.split('\n').reverse().join('\n')), SpliceError);
});

test('what passes is tried again, what does not is reported', async () => {
  await file('pod.yaml', 'kind: Pod\n');
  const good = answer;
  answer = (body, count) => (count < 3 ? { status: 503, headers: { 'retry-after': '0' } } : good(body));
  assert.equal(await run(env(), silent), 0);
  assert.equal(requests.length, 3);
  answer = () => ({ status: 422, body: { detail: 'not valid YAML at line 7, column 1', line: 7, reason: 'yaml-syntax' } });
  const lines = [];
  assert.equal(await run(env(), (text) => lines.push(text)), 1);
  assert.ok(lines.some((text) => text.startsWith('::error file=pod.yaml,line=7,title=yaml-syntax::')));
});

test('an unreachable server fails or warns', async () => {
  await file('pod.yaml', 'kind: Pod\n');
  answer = () => ({ status: 503, headers: { 'retry-after': '0' } });
  assert.equal(await run(env(), silent), 3);
  assert.equal(await run(env({ 'on-unavailable': 'warn' }), silent), 0);
  assert.equal(await readFile(path.join(folder, 'pod.yaml'), 'utf8'), 'kind: Pod\n');
});

test('a redirect is not followed with the token', async () => {
  await file('pod.yaml', 'kind: Pod\n');
  answer = () => ({ status: 302, headers: { location: 'http://127.0.0.1:1/' } });
  assert.equal(await run(env({ token: 'key' }), silent), 1);
  assert.equal(requests.length, 1);
  assert.equal(requests[0].headers.authorization, 'Bearer key');
});

test('symbolic links and paths outside are left alone', async () => {
  const outside = await mkdtemp(path.join(tmpdir(), 'outside-'));
  await writeFile(path.join(outside, 'pod.yaml'), 'kind: Pod\n');
  await symlink(path.join(outside, 'pod.yaml'), path.join(folder, 'link.yaml'));
  await symlink(outside, path.join(folder, 'linked'));
  assert.equal(await run(env(), silent), 0);
  assert.equal(requests.length, 0);
  await rm(outside, { recursive: true });
});

test('the source speaks for images', async () => {
  await file('src/cart/src/Dockerfile', 'FROM mcr.microsoft.com/dotnet/sdk AS build\nFROM mcr.microsoft.com/dotnet/runtime-deps\n');
  await file('src/cart/src/cart.csproj', '');
  await file('web/Dockerfile', 'FROM node:22 AS build\nRUN npm ci\nFROM nginx:1.27\n');
  await file('web/package.json', '{}');
  await file('pay/Dockerfile', 'FROM gradle AS build\nFROM eclipse-temurin:21-jre\n');
  await file('a/tool/Dockerfile', 'FROM python:3\n');
  await file('b/tool/Dockerfile', 'FROM node:22\n');
  assert.deepEqual(await fromSource(folder), [{ image: 'cart', language: 'dotnet' }, { image: 'pay', language: 'java' }]);
  assert.equal(decide('FROM scratch\n', new Set(['go'])), 'go');
  assert.equal(decide('FROM a AS b\nFROM b\n', new Set(['java', 'nodejs'])), null);
});

test('globs mean what they say', async () => {
  assert.ok(toPattern('**/*.{yml,yaml}').test('a/b/c.yml'));
  assert.ok(toPattern('**/*.{yml,yaml}').test('c.yaml'));
  assert.ok(!toPattern('*.yaml').test('a/c.yaml'));
  assert.ok(toPattern('k8s/**').test('k8s/a/b'));
  await file('.github/workflows/x.yml', '');
  await file('a.yml', '');
  assert.deepEqual(await find(folder, ['**/*.yml', '!.github/**']), ['a.yml']);
});

test('inputs are checked', () => {
  assert.throws(() => readInputs({}), UsageError);
  assert.throws(() => readInputs({ INPUT_HOST: 'http://example.com' }), UsageError);
  assert.throws(() => readInputs({ INPUT_HOST: 'https://a', INPUT_MODE: 'x' }), UsageError);
  assert.equal(readInputs({ INPUT_TRACEASSIST_HOST: 'https://a/', INPUT_MANIFEST_PATH: 'x.yaml' }).files[0], 'x.yaml');
});

test('text cannot become a command of the runner', () => {
  assert.equal(command('warning', { file: 'a,b:c' }, 'x\n::set-output::y'), '::warning file=a%2Cb%3Ac::x%0A::set-output::y');
});
