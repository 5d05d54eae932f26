import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { expect, test } from 'vitest';
import type { Build, BuildState } from '../api/builds';
import { BuildFacts } from './BuildDetail';
import { BuildRow } from './BuildRow';

const HOSTILE = '<script>alert(1)</script>';

const build: Build = {
  id: 9,
  config_id: 7,
  workflow_run_id: 31_000_000_000,
  status: 'failure',
  image_type: 'fedora-bootc',
  fedora_version: '43',
  ref: 'main',
  started_at: '2026-01-01T00:00:00Z',
  completed_at: '2026-01-01T00:05:00Z',
  created_at: '2026-01-01T00:00:00Z',
  definition: HOSTILE,
  requested_by: HOSTILE,
  workflow_url: null,
  conclusion: 'timed_out',
  detail: HOSTILE,
};

const state: BuildState = { build, workflow_status: 'completed', workflow_url: 'https://github.com/o/r/actions/runs/1', conclusion: 'timed_out', logs_url: 'javascript:alert(1)' };

const markup = (element: React.ReactNode) => renderToStaticMarkup(<MemoryRouter>{element}</MemoryRouter>);

test('a build tells why it failed and how long it took, as text', () => {
  const html = markup(<BuildRow build={build} />);
  expect(html).not.toContain(HOSTILE);
  expect(html).toContain('build-failure');
  expect(html).toContain('5 min');
});

test('only web pages are linked', () => {
  const html = markup(<BuildFacts state={state} />);
  expect(html).toContain('href="https://github.com/o/r/actions/runs/1"');
  expect(html).toContain('run 31000000000 at GitHub');
  expect(html).toContain('(completed: timed out)');
  expect(html).not.toContain('javascript:');
  expect(html).toContain('none yet');
});

test('a build without a run says so', () => {
  const waiting: Build = { ...build, status: 'queued', workflow_run_id: null, started_at: null, completed_at: null, config_id: null, definition: null };
  const html = markup(<BuildFacts state={{ build: waiting, workflow_status: null, workflow_url: null, conclusion: null, logs_url: null }} />);
  expect(html).toContain('no run is known yet');
  expect(html).toContain('a definition sent along');
});
