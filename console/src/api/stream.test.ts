import { expect, test, vi } from 'vitest';
import type { ServerEvent } from './stream';
import { EventParser, watch } from './stream';

const bodyOf = (text: string) => new Response(text, { status: 200 });

test('events come apart wherever the parts end', () => {
  const stream = ': builds\nretry: 2000\n\nid: 7\r\nevent: build\r\ndata: {"id":1,\r\ndata:"status":"queued"}\r\n\r\ndata: x\n\n';
  for (const size of [1, 2, 3, 7, stream.length]) {
    const parser = new EventParser();
    const events: ServerEvent[] = [];
    for (let i = 0; i < stream.length; i += size) events.push(...parser.push(stream.slice(i, i + size)));
    expect(events).toEqual([
      { id: '7', name: 'build', data: '{"id":1,\n"status":"queued"}' },
      { id: '7', name: 'message', data: 'x' },
    ]);
  }
});

test('a stream goes on where it broke off, and ends where there is nothing more', async () => {
  vi.useFakeTimers();
  const asked: Record<string, string>[] = [];
  const answers = [bodyOf('id: 4\ndata: a\n\n'), new Error('reset'), bodyOf('id: 5\ndata: b\n\n'), new Response(null, { status: 204 })];
  const heard: string[] = [];
  const live: boolean[] = [];
  const watching = watch(
    async (headers) => {
      asked.push(headers);
      const answer = answers.shift()!;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    { onEvent: ({ data }) => heard.push(data), onLive: (is) => live.push(is) },
    new AbortController().signal,
  );
  await vi.runAllTimersAsync();
  await watching;
  vi.useRealTimers();
  expect(heard).toEqual(['a', 'b']);
  expect(asked).toEqual([{}, { 'last-event-id': '4' }, { 'last-event-id': '4' }, { 'last-event-id': '5' }]);
  expect(live).toEqual([true, false, true]);
});

test('whoever stops watching is left alone at once', async () => {
  const stop = new AbortController();
  const watching = watch(
    async () => {
      throw new Error('down');
    },
    { onEvent: () => {}, onLive: () => stop.abort() },
    stop.signal,
  );
  await watching;
});
