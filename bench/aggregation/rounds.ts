import { randomBytes, randomUUID } from 'node:crypto';
import { encodeFrame } from '../../lib/nodes/frame.ts';
import { signHeader } from '../../lib/nodes/header-signature.ts';
import { ROUND_DEADLINE_MS } from '../../lib/nodes/round-deadline.ts';
import { headerHash, queryCommit, type RoundHeader } from '../../lib/nodes/round-header.ts';
import { gaussianVoteCostRhoPico, noisyWinner } from '../../lib/privacy/mechanisms/distributed-gaussian.ts';
import { SUITE } from '../../lib/secure-aggregation/key-announcement.ts';
import { mostDropouts } from '../../lib/secure-aggregation/masking-choice.ts';
import { collectAll } from '../../worker/router/stages/collect-all.ts';
import { collectSurvivors } from '../../worker/router/stages/collect-survivors.ts';
import type { AskedNode, Round } from '../../worker/router/stages/round.ts';
import type { BenchFederation } from './federation.ts';

/** `unmasked`: the same round and frames, whose sum is taken as it comes. What masks cost is what the others take longer. */
export type Way = 'unmasked' | 'all-or-nothing' | 'survives-dropouts';
export const WAYS: readonly Way[] = ['unmasked', 'all-or-nothing', 'survives-dropouts'];

const SIGMA2_LOCAL = { num: 100n, den: 1n };

/** One vote with the hospitals' own noise: header, round, sum, winner. Gives the sum, for whoever checks it. */
export async function oneVote(
  federation: BenchFederation,
  way: Way,
  labels: readonly string[],
): Promise<Round> {
  const { channels, router, directory, masks } = federation;
  masks.on = way !== 'unmasked';
  const cohort = channels.map(({ facts }) => facts.nodeId).sort();
  const masking = way === 'survives-dropouts' ? way : 'all-or-nothing';
  const maxDropouts = masking === 'survives-dropouts' ? mostDropouts(cohort.length) : 0;
  const query = { prompt: 'cough and fever', labels: [...labels] };
  const nonce = randomBytes(32);
  const survivors = cohort.length - 1 - maxDropouts;
  const rhoPico = gaussianVoteCostRhoPico(SIGMA2_LOCAL, { survivors, labelCount: labels.length });
  const header: RoundHeader = {
    v: 1,
    suite: SUITE,
    keyEpoch: directory.keyEpoch,
    keyDirectoryHash: directory.directoryHash(cohort)!,
    masking,
    ledgerEpoch: 1,
    requestId: randomUUID(),
    roundId: randomUUID(),
    attempt: 1,
    mechanism: 'vote',
    mode: 'gaussian',
    params: { s: 64 * cohort.length, K: labels.length, sigma2Local: { num: '100', den: '1' } },
    queryCommit: queryCommit(nonce, query),
    purpose: 'care',
    len: labels.length,
    modBits: 32,
    scale: 1,
    sensitivity: 1,
    maxCollude: 1,
    maxDropouts,
    cohort,
    minCohort: 3,
    deadlineMs: Date.now() + ROUND_DEADLINE_MS,
    rhoPico: String(rhoPico),
  };
  const h = headerHash(header);
  const signed = signHeader(h, router);
  const frame = encodeFrame('round', { header, signed, nonce: nonce.toString('hex'), query });
  const sent = { header, h: h.toString('hex'), frame };
  const giveUp = new AbortController();
  const asked = channels.map(
    (channel): AskedNode => ({ channel, contribution: channel.round(sent, giveUp.signal) }),
  );
  const collect = masking === 'all-or-nothing' ? collectAll : collectSurvivors;
  const round = await collect(sent, asked, giveUp);
  noisyWinner([...round.sum].map((value) => value | 0));
  return round;
}
