import { expect, it } from 'vitest';
import { splitLines } from './split-lines.ts';

function streamOf(parts: Uint8Array[], onCancel = () => {}): ReadableStream<Uint8Array> {
  const left = [...parts];
  return new ReadableStream({
    pull(controller) {
      const next = left.shift();
      if (next) controller.enqueue(next);
      else controller.close();
    },
    cancel: onCancel,
  });
}

async function linesOf(stream: ReadableStream<Uint8Array>): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of splitLines(stream)) lines.push(line);
  return lines;
}

const bytes = (text: string) => new TextEncoder().encode(text);

it('puts lines together wherever the stream was cut, in the middle of a character too', async () => {
  const whole = bytes('data: müde\r\n\ndata: ε\nrest');
  for (let cut = 0; cut <= whole.length; cut += 1) {
    const lines = await linesOf(streamOf([whole.slice(0, cut), whole.slice(cut)]));
    expect(lines).toEqual(['data: müde', '', 'data: ε']);
  }
});

it('gives no line that was cut off, for half of something is nothing', async () => {
  expect(await linesOf(streamOf([bytes('one\n{"kind":"ans')]))).toEqual(['one']);
});

it('hangs up when nobody reads on', async () => {
  let cancelled = false;
  const endless = streamOf(
    Array.from({ length: 99 }, () => bytes('a\n')),
    () => {
      cancelled = true;
    },
  );
  for await (const line of splitLines(endless)) {
    expect(line).toBe('a');
    break;
  }
  expect(cancelled).toBe(true);
});
