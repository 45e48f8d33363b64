import { createReadStream } from 'node:fs';

/** A line longer than this is dropped unread, so that one record cannot exhaust the node's memory. */
export const LONGEST_LINE_BYTES = 16 * 1024 * 1024;
const NEWLINE = 0x0a;

/** The file's non-blank lines, streamed; `undefined` stands for a line that was too long to read. */
export function ndjsonLines(file: string): AsyncGenerator<string | undefined> {
  return linesOf(createReadStream(file, { highWaterMark: 1 << 20 }));
}

/** The same of what comes from elsewhere. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string | undefined> {
  let pieces: Buffer[] = [];
  let pending = 0;
  const take = (last: Buffer): string | undefined => {
    const tooLong = pending + last.length > LONGEST_LINE_BYTES;
    const line = tooLong
      ? undefined
      : (pieces.length ? Buffer.concat([...pieces, last]) : last).toString('utf8');
    pieces = [];
    pending = 0;
    return line?.trim();
  };
  for await (const bytes of chunks) {
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      const line = take(bytes.subarray(start, end));
      start = end + 1;
      if (line !== '') yield line;
    }
    pending += bytes.length - start;
    if (pending <= LONGEST_LINE_BYTES) pieces.push(bytes.subarray(start));
    else pieces = [];
  }
  const rest = take(Buffer.alloc(0));
  if (rest !== '') yield rest;
}
