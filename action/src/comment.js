// One comment on the pull request, written once and then kept up to date. It holds the summary: codes, places and added lines.
import { readFile } from 'node:fs/promises';

const MARK = '<!-- whence-instrument -->';
const LONGEST = 60_000;
const MOST_PAGES = 10;

/** Returns why there is no comment, or null if there is one. A missing comment never fails a run. */
export async function comment(env, token, summary, timeoutMs) {
  const number = await pullRequest(env.GITHUB_EVENT_PATH);
  if (!number) return 'this run belongs to no pull request';
  if (!token) return 'comment-pr needs github-token';
  const api = `${env.GITHUB_API_URL || 'https://api.github.com'}/repos/${env.GITHUB_REPOSITORY}`;
  const call = (method, url, body) => fetch(url, {
    method,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
    headers: { accept: 'application/vnd.github+json', authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  try {
    const old = await find(call, api, number);
    const body = { body: `${MARK}\n${shortened(summary)}` };
    const response = old ? await call('PATCH', `${api}/issues/comments/${old}`, body)
      : await call('POST', `${api}/issues/${number}/comments`, body);
    return response.ok ? null : `GitHub answered ${response.status}; pull-requests: write is needed`;
  } catch (error) {
    return `GitHub could not be asked (${error.name})`;
  }
}

async function pullRequest(eventFile) {
  try {
    const number = JSON.parse(await readFile(eventFile, 'utf8')).pull_request?.number;
    return Number.isInteger(number) ? number : null;
  } catch {
    return null;
  }
}

async function find(call, api, number) {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const response = await call('GET', `${api}/issues/${number}/comments?per_page=100&page=${page}`);
    if (!response.ok) return null;
    const comments = await response.json();
    const ours = comments.find(({ body, user }) => body?.startsWith(MARK) && user?.type === 'Bot');
    if (ours) return ours.id;
    if (comments.length < 100) return null;
  }
  return null;
}

/** Cut at a line, with an open fence closed. */
function shortened(text) {
  if (text.length <= LONGEST) return text;
  const cut = text.slice(0, text.lastIndexOf('\n', LONGEST));
  const fence = [...cut.matchAll(/^(`{3,})/gm)].map(([run]) => run);
  return `${cut}${fence.length % 2 ? `\n${fence[0]}` : ''}\n\nThe rest is in the job's summary.`;
}
