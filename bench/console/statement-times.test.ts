import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { statementsSince } from './statement-times.ts';

it('reads the times of statements from the log of Postgres, and nothing else', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'statements-')), 'postgres.log');
  const before = '2026-01-01 00:00:00 UTC [1] LOG:  duration: 9.000 ms  statement: SELECT old\n';
  const after = [
    '2026-01-01 00:00:01 UTC [1] LOG:  duration: 0.412 ms  execute <unnamed>: SELECT 1',
    '2026-01-01 00:00:01 UTC [1] DETAIL:  parameters: $1 = 5',
    '2026-01-01 00:00:02 UTC [1] LOG:  duration: 61.5 ms  bind s1: ',
    '\tSELECT "public"."x"',
    '\t  FROM y',
    '2026-01-01 00:00:02 UTC [1] LOG:  checkpoint complete: wrote 5 buffers',
  ].join('\n');
  writeFileSync(file, before + after);
  expect(statementsSince(file, Buffer.byteLength(before))).toEqual([
    { ms: 0.412, sql: 'SELECT 1' },
    { ms: 61.5, sql: 'SELECT "public"."x" FROM y' },
  ]);
});
