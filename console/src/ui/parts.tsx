import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Severity } from '../api/types';
import { ago, fully, useNow } from './time';

export function SeverityBadge({ severity }: { severity: string }) {
  return <span className={`badge sev-${severity.toLowerCase()}`}>{severity.toLowerCase()}</span>;
}

export function StatusBadge({ status }: { status: string }) {
  return <span className={`status status-${status.toLowerCase()}`}>{status.toLowerCase()}</span>;
}

export function Service({ name }: { name: string }) {
  return (
    <span className="service">
      <i className={`dot hue-${serviceHue(name)}`} aria-hidden />
      {name || '(no name)'}
    </span>
  );
}

export function Ago({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={fully(at)}>
      {ago(at, now)}
    </time>
  );
}

export function Panel({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="panel">
      <header>
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <strong>{title}</strong>
      {children}
    </div>
  );
}

export function Loading({ what }: { what: string }) {
  return (
    <div className="loading" role="status">
      Loading {what}…
    </div>
  );
}

export function Command({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <div className="command">
      <pre>{text}</pre>
      <button type="button" onClick={() => void copy()}>
        {copied ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}

export const SEVERITIES: Severity[] = ['critical', 'high', 'medium', 'low'];

/** The same colour for the same service on every page: one of ten. */
export function serviceHue(name: string): number {
  // FNV-1a with a final mix, so that names with the same ending do not fall together; begun at 1, the services of
  // the demo all differ.
  let hash = 1;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  return ((hash ^ (hash >>> 12)) >>> 0) % 10;
}
