/** What a cell of an export may be. Numbers keep their sign; texts are guarded. */
export type CsvValue = string | number | bigint | boolean | Date | null | undefined;

/** One record of RFC 4180, with its line break. */
export function csvRecord(values: readonly CsvValue[]): string {
  return `${values.map(csvCell).join(',')}\r\n`;
}

/** A whole small file. */
export function csvText(heading: readonly string[], rows: Iterable<readonly CsvValue[]>): string {
  return [heading, ...rows].map(csvRecord).join('');
}

/** A file that is written while it is read: the export of a list may be long. */
export function csvStream(
  heading: readonly string[],
  rows: AsyncIterable<readonly CsvValue[]>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const records = rows[Symbol.asyncIterator]();
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(csvRecord(heading))),
    async pull(controller) {
      const { done, value } = await records.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(csvRecord(value)));
    },
    // Who stops the download also stops the reading of the list.
    async cancel() {
      await records.return?.();
    },
  });
}

function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'string') return String(value);
  const text = guard(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * A text that a spreadsheet would run as a formula is made a text again (OWASP, CSV injection). An exact decimal is a
 * number that a float would round, and no formula.
 */
function guard(text: string): string {
  if (NUMBER.test(text)) return text;
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
