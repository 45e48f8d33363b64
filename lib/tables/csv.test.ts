import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvRecord, csvStream, csvText } from './csv.ts';

/** A reader of RFC 4180, written apart from the writer. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
        if (text[at] === '"') at += 1;
        cell += text[at];
      }
      at += 1;
    } else {
      while (at < text.length && text[at] !== ',' && text[at] !== '\r') cell += text[at++];
    }
    row.push(cell);
    if (text.startsWith('\r\n', at)) {
      rows.push(row);
      row = [];
      at += 2;
    } else at += 1;
  }
  return rows;
}

const unguarded = (cell: string) => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

it('brings any text back', () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('a,b', 'say "hi"', 'two\r\nlines', '=1+1', "'=1+1"));
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(table, ([heading, ...rows]) => {
      // A text that already looks guarded cannot be told from one that was: both are shown as text.
      const plain = [heading!, ...rows].map((row) => row.map(unguarded));
      expect(parse(csvText(plain[0]!, plain.slice(1))).map((row) => row.map(unguarded))).toEqual(plain);
    }),
  );
});

it('never writes a cell that a spreadsheet would run', () => {
  fc.assert(
    fc.property(fc.constantFrom('=', '+', '-', '@', '\t', '\r'), fc.string(), (start, rest) => {
      fc.pre(!/^-\d+(\.\d+)?$/.test(start + rest));
      expect(parse(csvRecord([start + rest, 'x']))[0]![0]).toBe(`'${start}${rest}`);
    }),
  );
});

it('writes numbers, times and nothing as they are', () => {
  expect(csvRecord([-1.5, 12n, true, new Date(0), null, undefined])).toBe(
    '-1.5,12,true,1970-01-01T00:00:00.000Z,,\r\n',
  );
});

it('streams the same file', async () => {
  async function* rows() {
    yield ['1', 'a,b'];
    yield ['2', null];
  }
  const streamed = await new Response(csvStream(['no', 'text'], rows())).text();
  expect(streamed).toBe('no,text\r\n1,"a,b"\r\n2,\r\n');
});

it('lets exact decimals be numbers, and nothing else that begins with a sign', () => {
  expect(csvRecord(['-0.000432993729', '-5', '-1+1', '-0x1', '+5'])).toBe(
    "-0.000432993729,-5,'-1+1,'-0x1,'+5\r\n",
  );
});
