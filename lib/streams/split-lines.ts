/** Longer than any line that is sent to us: past it the sender is not one of ours. */
const MAX_LINE_CHARACTERS = 1_000_000;

/**
 * The lines of a byte stream as they become whole, without their ends. What is left after the last end is no line: the
 * stream was cut. Leaving the loop early hangs up.
 */
export async function* splitLines(bytes: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = bytes.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = parts.pop() ?? '';
      if (rest.length > MAX_LINE_CHARACTERS) throw new RangeError('a line of the stream is too long');
      for (const part of parts) yield part.endsWith('\r') ? part.slice(0, -1) : part;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
