// Which language an image is built from, judged by the source beside it. A folder speaks for the image of its name,
// and only if its files speak for one language.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { walk } from './files.js';

const BUILD_FILES = [
  [/^(?:pom\.xml|build\.gradle(?:\.kts)?|build\.sbt)$/, 'java'],
  [/^package\.json$/, 'nodejs'],
  [/^(?:requirements\.txt|pyproject\.toml|Pipfile|setup\.py)$/, 'python'],
  [/^.+\.(?:csproj|fsproj)$/, 'dotnet'],
  [/^go\.mod$/, 'go'],
];
const BASES = [
  [/(?:^|\/)(?:eclipse-temurin|openjdk|amazoncorretto|[\w.-]*jdk[\w.-]*|[\w.-]*jre[\w.-]*|tomcat|jetty)(?:[:@]|$)|distroless\/java/, 'java'],
  [/(?:^|\/)node(?:js)?(?:[\w-]*)?(?:[:@]|$)/, 'nodejs'],
  [/(?:^|\/)python(?:3[\w-]*)?(?:[:@]|$)/, 'python'],
  [/dotnet\/(?:aspnet|runtime|sdk)/, 'dotnet'],
  [/(?:^|\/)golang(?:[:@]|$)/, 'go'],
  [/(?:^|\/)(?:nginx|httpd|caddy)[\w-]*(?:[:@]|$)/, 'static'],
];

/** @returns {Promise<{image: string, language: string}[]>} */
export async function fromSource(root) {
  const folders = new Map();
  for await (const file of walk(root, '')) {
    const folder = path.posix.dirname(file);
    const name = path.posix.basename(file);
    const entry = folders.get(folder) ?? { languages: new Set(), dockerfile: null };
    for (const [pattern, language] of BUILD_FILES) if (pattern.test(name)) entry.languages.add(language);
    if (name === 'Dockerfile') entry.dockerfile = file;
    folders.set(folder, entry);
  }
  const byImage = new Map();
  for (const [folder, entry] of folders) {
    if (!entry.dockerfile || folder === '.') continue;
    const language = decide(await readFile(path.join(root, entry.dockerfile), 'utf8'), entry.languages);
    // A src folder is named after nothing; its parent is.
    const name = path.posix.basename(/^(?:src|app|docker)$/.test(path.posix.basename(folder))
      ? path.posix.dirname(folder) : folder);
    if (!language || !name || name === '.') continue;
    byImage.set(name, byImage.has(name) && byImage.get(name) !== language ? null : language);
  }
  return [...byImage].filter(([, language]) => language && language !== 'static')
    .map(([image, language]) => ({ image, language })).sort((a, b) => (a.image < b.image ? -1 : 1));
}

/** The final stage decides; where its base says nothing, the build files do if they agree. */
export function decide(dockerfile, languages) {
  const stages = [...dockerfile.matchAll(/^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/gim)]
    .map(([, image, name]) => ({ image, name: name?.toLowerCase() }));
  let image = stages.at(-1)?.image;
  for (let hops = 0; image && hops < stages.length; hops++) {
    const parent = stages.find((stage) => stage.name === image.toLowerCase());
    if (!parent || parent.image === image) break;
    image = parent.image;
  }
  if (image) {
    for (const [pattern, language] of BASES) if (pattern.test(image)) return language;
  }
  return languages.size === 1 ? [...languages][0] : null;
}

/** Hints that people wrote; they come first. */
export async function fromFile(file) {
  let text;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  const hints = JSON.parse(text);
  if (!Array.isArray(hints)) throw new SyntaxError('the hints file is no JSON array');
  return hints;
}
