import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { expect, test } from 'vitest';
import type { Content, Definition, Version } from '../api/images';
import { DiffView } from './DiffView';
import { Findings } from './Findings';
import { NotCarriedOver } from './FromRecipe';
import { DefinitionRow } from './ImageList';
import { VersionRow } from './Versions';

const HOSTILE = '<script>alert(1)</script>';

const content: Content = { name: HOSTILE, description: HOSTILE, yaml_content: '', image_type: 'fedora-bootc', fedora_version: '43', enable_plymouth: true, artifact_kinds: [] };
const definition: Definition = { ...content, id: 7, created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z', version: 3 };
const version: Version = { ...content, version: 2, written_at: '2026-01-01T00:00:00Z', written_by: HOSTILE, restores: 1 };

const markup = (element: React.ReactNode) => renderToStaticMarkup(<MemoryRouter>{element}</MemoryRouter>);

test('whatever a definition says of itself is text', () => {
  const html = markup(<DefinitionRow definition={definition} />);
  expect(html).not.toContain(HOSTILE);
  expect(html).toContain('href="/images/7"');
  expect(html).toContain('Fedora 43 · version 3');
});

test('the current version is not brought back', () => {
  const row = (isCurrent: boolean) => markup(<VersionRow version={version} isCurrent={isCurrent} isShown={false} busy={false} onShow={() => {}} onRestore={() => {}} />);
  expect(row(true)).not.toContain('Bring back');
  expect(row(false)).toContain('Bring back');
  expect(row(false)).toContain('brought back version 1');
  expect(row(false)).not.toContain(HOSTILE);
});

test('a difference says in words what is removed and added', () => {
  const unified = `--- version 1\n+++ version 2\n@@ -1,1 +1,1 @@\n-${HOSTILE}\n+b\n`;
  const html = markup(<DiffView unified={unified} before={content} after={{ ...content, fedora_version: '44' }} sideBySide={false} />);
  expect(html).toContain('Fedora version: 43 → 44');
  expect(html).toMatch(/removed: <\/span>&lt;script/);
  expect(html).toMatch(/added: <\/span>b/);
  expect(markup(<DiffView unified="" before={content} after={content} sideBySide />)).toContain('Nothing differs.');
});

test('errors and warnings are counted apart', () => {
  const finding = { severity: 'warning', code: 'x', message: HOSTILE, path: '', line: 1, column: 2, suggestion: 'files' } as const;
  expect(markup(<Findings findings={[]} />)).toContain('>Valid<');
  expect(markup(<Findings findings={[finding]} />)).toContain('Valid, with 1 warning');
  const html = markup(<Findings findings={[finding, { ...finding, severity: 'error' }, { ...finding, severity: 'error' }]} />);
  expect(html).toContain('Not valid: 2 errors, 1 warning');
  expect(html).toContain('did you mean “files”?');
  expect(html).not.toContain(HOSTILE);
});

test('what of a recipe is lost is told with its place', () => {
  expect(markup(<NotCarriedOver dropped={[]} />)).toContain('All of the recipe was carried over.');
  const html = markup(<NotCarriedOver dropped={[{ path: 'modules[2].type', line: 9, column: 5, reason: HOSTILE }]} />);
  expect(html).toContain('One thing was');
  expect(html).toContain('9:5');
  expect(html).not.toContain(HOSTILE);
});
