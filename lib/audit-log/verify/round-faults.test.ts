import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ClosedRequest } from './closed-requests.ts';
import { roundFaults, type ShownRound } from './round-faults.ts';

const request = (change: Partial<ClosedRequest> = {}): ClosedRequest => ({
  requestId: randomUUID(),
  mechanism: 'vote',
  cohort: ['a', 'b', 'c'],
  masking: 'all-or-nothing',
  outcome: 'answered',
  digests: [],
  ...change,
});
/** Of each node the rounds it signed, one letter each, in order. */
const signed = (by: Record<string, string>): ShownRound[] =>
  Object.entries(by).flatMap(([nodeId, rounds]) =>
    [...rounds].map((h, i) => ({ nodeId, seq: BigInt(i + 1), h })),
  );
const kinds = (change: Partial<ClosedRequest>, by: Record<string, string>) =>
  roundFaults(request(change), signed(by)).map(({ kind }) => kind);
const NINE = [...'abcdefghi'];
const of = (nodes: readonly string[], rounds: string) => Object.fromEntries(nodes.map((id) => [id, rounds]));

describe('honest', () => {
  test.each<[string, Partial<ClosedRequest>, Record<string, string>]>([
    ['an answer of all', {}, { a: 'x', b: 'x', c: 'x' }],
    ['a round that one did not answer', { outcome: 'failed' }, { a: 'x', b: 'x' }],
    ['a round that nobody answered', { outcome: 'failed' }, {}],
    ['a history that nobody signed', {}, {}],
    ['a short answer', { mechanism: 'short-answer' }, { a: 'xyz', b: 'xyz', c: 'xyz' }],
    [
      'one that broke off in its third round',
      { mechanism: 'short-answer', outcome: 'failed' },
      { a: 'xyz', b: 'xy', c: 'xyz' },
    ],
    [
      'one that broke off, whose last round is all that is known of a node',
      { mechanism: 'short-answer', outcome: 'failed' },
      { a: 'xy', c: 'y' },
    ],
    ['an answer without two of nine', { cohort: NINE, masking: 'survives-dropouts' }, of(NINE.slice(2), 'x')],
    [
      'a short answer without another of nine each time',
      { cohort: NINE, masking: 'survives-dropouts', mechanism: 'short-answer' },
      { ...of(NINE.slice(2), 'xy'), a: 'x', b: 'y' },
    ],
  ])('%s', (_what, change, by) => {
    expect(kinds(change, by)).toEqual([]);
  });
});

describe('not', () => {
  test.each<[string, Partial<ClosedRequest>, Record<string, string>, string]>([
    ['another header for one', {}, { a: 'y', b: 'x', c: 'x' }, 'split'],
    ['the same, given out as a failure', { outcome: 'failed' }, { a: 'y', b: 'x' }, 'split'],
    ['an answer that one has not signed', {}, { a: 'x', b: 'x' }, 'split'],
    [
      'another header for one in the second of three rounds',
      { mechanism: 'short-answer' },
      { a: 'xwz', b: 'xyz', c: 'xyz' },
      'split',
    ],
    [
      'the same, given out as a failure',
      { mechanism: 'short-answer', outcome: 'failed' },
      { a: 'xw', b: 'xy', c: 'xy' },
      'apart',
    ],
    [
      'another header for two of nine',
      { cohort: NINE, masking: 'survives-dropouts', mechanism: 'short-answer' },
      { ...of(NINE.slice(2), 'x'), a: 'y', b: 'y' },
      'split',
    ],
    ['somebody who was not to be asked', {}, { a: 'x', b: 'x', c: 'x', d: 'x' }, 'outsider'],
  ])('%s', (_what, change, by, kind) => {
    expect(kinds(change, by)).toEqual([kind]);
  });

  test('it says which rounds few have signed', () => {
    const faults = roundFaults(
      request({ mechanism: 'short-answer' }),
      signed({ a: 'xwz', b: 'xyz', c: 'xyz' }),
    );
    expect(faults).toEqual([{ kind: 'split', rounds: ['w', 'y'] }]);
  });
});
