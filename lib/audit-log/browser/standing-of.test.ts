import { expect, it } from 'vitest';
import { standingOf } from './standing-of.ts';
import { testLog, testWitness } from './testing-log.ts';
import { verifyHead } from './verify-head.ts';

const log = testLog();
const nodeIds = ['1', '2', '3', '4'];
const witnesses = nodeIds.map((nodeId) => testWitness(nodeId));

/** A head that so many of four nodes have signed. */
function signedBy(count: number, keys = witnesses.map(({ verifierKey }) => verifierKey)) {
  const note = witnesses.slice(0, count).reduce((head, one) => one.cosign(head, 5), log.checkpoint(11));
  const claim = { checkpoint: note, verifierKey: log.verifierKey, witnesses: keys };
  return verifyHead(claim, null, () => Promise.reject(new Error('not to be asked')));
}
const calm = { nodeIds, alerts: 0 };

it('is verified only with the co-signatures of most nodes', async () => {
  const standings = await Promise.all([0, 1, 2, 3, 4].map(async (n) => standingOf(await signedBy(n), calm)));
  expect(standings).toEqual(['unwitnessed', 'unwitnessed', 'unwitnessed', 'holds', 'holds']);
});

it('counts the nodes that are to sign, whatever keys the router publishes', async () => {
  const alone = await signedBy(1, [witnesses[0]!.verifierKey]);
  expect(standingOf(alone, calm)).toBe('unwitnessed');
  expect(standingOf(await signedBy(0, []), { nodeIds: [], alerts: 0 })).toBe('unwitnessed');
});

it('is contested while an alert about the log fires, whoever signed', async () => {
  expect(standingOf(await signedBy(4), { nodeIds, alerts: 1 })).toBe('contested');
});

it('says what does not hold before all else', async () => {
  const verdict = { ...(await signedBy(4)), overall: 'fails' as const };
  expect(standingOf(verdict, { nodeIds, alerts: 1 })).toBe('fails');
});
