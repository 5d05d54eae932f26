// Server-sent events over fetch: EventSource can send no credential.

export interface ServerEvent {
  id: string | undefined;
  name: string;
  data: string;
}

/** Takes a stream apart as it arrives; a part may end anywhere. */
export class EventParser {
  private rest = '';
  private id: string | undefined;
  private name = '';
  private data: string[] = [];

  push(part: string): ServerEvent[] {
    const events: ServerEvent[] = [];
    // A carriage return at the end may be the first half of a line break.
    const text = this.rest + part;
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (this.data.length > 0) events.push({ id: this.id, name: this.name || 'message', data: this.data.join('\n') });
        this.name = '';
        this.data = [];
        continue;
      }
      const colon = line.indexOf(':');
      // A line that begins with a colon is a comment: a sign of life.
      if (colon === 0) continue;
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'data') this.data.push(value);
      else if (field === 'event') this.name = value;
      else if (field === 'id') this.id = value;
    }
    return events;
  }
}

export type Open = (headers: Record<string, string>, signal: AbortSignal) => Promise<Response>;

export interface Watcher {
  onEvent: (event: ServerEvent) => void;
  /** Whether events arrive; while they do not, whoever watches asks by itself. */
  onLive: (live: boolean) => void;
}

/** Between two attempts, longer with each that fails. */
const PAUSES_MS = [1_000, 2_000, 5_000, 15_000, 30_000];

/**
 * Reads a stream until the signal aborts, and goes on where it broke off. A stream that ends in order is opened again at
 * once: the server ends it now and then so that the credential is shown again.
 */
export async function watch(open: Open, { onEvent, onLive }: Watcher, signal: AbortSignal): Promise<void> {
  let last: string | undefined;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const response = await open(last === undefined ? {} : { 'last-event-id': last }, signal);
      // There is nothing more to come.
      if (response.status === 204 || !response.body) return;
      onLive(true);
      failures = 0;
      const parser = new EventParser();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        for (const event of parser.push(part.value)) {
          last = event.id ?? last;
          onEvent(event);
        }
      }
      await pause(PAUSES_MS[0]!, signal);
    } catch {
      if (signal.aborted) return;
      onLive(false);
      await pause(PAUSES_MS[Math.min(failures++, PAUSES_MS.length - 1)]!, signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
