import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumVectors } from './map-into-range.ts';
import { mostDropouts, thresholdOf } from './masking-choice.ts';
import { NodeKeys } from './node-keys.ts';
import { SurvivorCollection } from './survivor-collection.ts';
import { type Revealed, SurvivorRound } from './survivor-round.ts';
import { signSurvivors } from './survivor-set.ts';
import { introduce, type Member, newCohort, newIdentity } from './testing/cohort.ts';

const LENGTH = 8;

function refusedWith(code: string) {
  return expect.objectContaining({ name: 'ProtocolError', code });
}

/** Everybody's first step; `vectors` in the order of the members. */
async function begun(members: readonly Member[], vectors: readonly Uint32Array[]) {
  const cohort = members.map(({ nodeId }) => nodeId);
  const n = cohort.length;
  const terms = { h: randomBytes(32), cohort, threshold: thresholdOf(n), maxDropouts: mostDropouts(n) };
  const rounds = new Map(members.map(({ nodeId, keys }) => [nodeId, new SurvivorRound(keys, terms)]));
  const sent = new Map<string, Awaited<ReturnType<SurvivorRound['contribute']>>>();
  for (const [i, id] of cohort.entries()) sent.set(id, await rounds.get(id)!.contribute(vectors[i]!));
  return {
    cohort,
    terms,
    rounds,
    sent,
    pinnedKeyOf: (id: string) => members.find((one) => one.nodeId === id)?.identity,
  };
}
type Begun = Awaited<ReturnType<typeof begun>>;

function collect({ terms, sent }: Begun, answered: readonly string[]): SurvivorCollection {
  const collection = new SurvivorCollection(terms);
  for (const id of answered) collection.add(id, sent.get(id)!);
  return collection;
}

function signed({ rounds }: Begun, collection: SurvivorCollection): Map<string, string> {
  const survivors = collection.close();
  return new Map(
    survivors.map((id) => [id, rounds.get(id)!.agree(survivors, collection.boxesFor(id))] as const),
  );
}

async function finish(
  round: Begun,
  answered: readonly string[],
  change = (_id: string, one: Revealed) => one,
) {
  const collection = collect(round, answered);
  const signatures = signed(round, collection);
  for (const id of collection.close())
    collection.reveal(id, change(id, round.rounds.get(id)!.reveal(signatures, round.pinnedKeyOf)));
  expect(collection.isComplete).toBe(true);
  return collection.unmask(LENGTH);
}

const vectorsOf = (count: number) =>
  Array.from({ length: count }, () => new Uint32Array(randomBytes(LENGTH * 4).buffer.slice(0, LENGTH * 4)));

describe.each([4, 5, 9])('a round of %i nodes that survives dropouts', (nodes) => {
  const members = newCohort(nodes);

  it('gives the exact sum of those who answered, whoever is absent', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(nodes - 1), { maxLength: mostDropouts(nodes) }),
        async (absent) => {
          const vectors = vectorsOf(nodes);
          const round = await begun(members, vectors);
          const answered = round.cohort.filter((_, i) => !absent.includes(i));
          const expected = vectors.filter((_, i) => !absent.includes(i));
          expect(await finish(round, answered)).toEqual(sumVectors(expected, LENGTH));
        },
      ),
      { numRuns: 12 },
    );
  });

  it('ends when more are absent than it was priced for', async () => {
    const round = await begun(members, vectorsOf(nodes));
    const few = round.cohort.slice(0, nodes - mostDropouts(nodes) - 1);
    expect(() => collect(round, few).close()).toThrow(refusedWith('too_few_survivors'));
    expect(() => round.rounds.get(few[0]!)!.agree(few, new Map())).toThrow(refusedWith('too_few_survivors'));
  });
});

describe('a node in such a round', () => {
  const members = newCohort(5);
  const [a, b] = members as [Member, Member];

  it('signs one set of survivors, and reveals for that one only', async () => {
    const round = await begun(members, vectorsOf(5));
    const all = collect(round, round.cohort);
    const node = round.rounds.get(a.nodeId)!;
    const first = node.agree(round.cohort, all.boxesFor(a.nodeId));
    expect(node.agree(round.cohort, all.boxesFor(a.nodeId))).toBe(first);
    const without = round.cohort.filter((id) => id !== b.nodeId);
    expect(() => node.agree(without, new Map())).toThrow(refusedWith('other_survivors'));
    // Signatures for the other set do not open this one: never both kinds of secrets of one member.
    const others = new Map(
      members.map(({ nodeId, identity }) => [nodeId, signSurvivors(round.terms.h, without, identity)]),
    );
    expect(() => node.reveal(others, round.pinnedKeyOf)).toThrow(refusedWith('too_few_signatures'));
    const signatures = new Map(
      members.map(({ nodeId, identity }) => [nodeId, signSurvivors(round.terms.h, round.cohort, identity)]),
    );
    const { seedShares, pairKeys } = node.reveal(signatures, round.pinnedKeyOf);
    expect([...seedShares.keys()].sort()).toEqual(round.cohort);
    expect(pairKeys.size).toBe(0);
  });

  it('reveals of each member exactly one of the two', async () => {
    const round = await begun(members, vectorsOf(5));
    const survivors = round.cohort.filter((id) => id !== b.nodeId);
    const collection = collect(round, survivors);
    const signatures = signed(round, collection);
    const { seedShares, pairKeys } = round.rounds.get(a.nodeId)!.reveal(signatures, round.pinnedKeyOf);
    expect([...seedShares.keys()].sort()).toEqual(survivors);
    expect([...pairKeys.keys()]).toEqual([b.nodeId]);
    // The key is this round's: it opens no other.
    expect(pairKeys.get(b.nodeId)).not.toEqual(a.keys.maskKey(b.nodeId, randomBytes(32)));
  });

  it('takes the same masks away when a member has started anew meanwhile, or is no longer pinned', async () => {
    const cohort = newCohort(5);
    const [gone, unpinned] = [cohort[1]!, cohort[4]!];
    const vectors = vectorsOf(5);
    const round = await begun(cohort, vectors);
    const { nodeId, identity } = gone;
    const keys = NodeKeys.create({ nodeId, identity, keyEpoch: 1, notAfterMs: Date.now() + 3_600_000 });
    for (const member of cohort) if (member !== gone) introduce({ nodeId, identity, keys }, member);
    cohort[0]!.keys.forget(unpinned.nodeId);
    const answered = round.cohort.filter((id) => id !== nodeId);
    const expected = vectors.filter((_, i) => round.cohort[i] !== nodeId);
    expect(await finish(round, answered)).toEqual(sumVectors(expected, LENGTH));
  });

  it('reveals nothing without signatures of the pinned peers', async () => {
    const round = await begun(members, vectorsOf(5));
    const collection = collect(round, round.cohort);
    const node = round.rounds.get(a.nodeId)!;
    expect(() => node.reveal(new Map(), round.pinnedKeyOf)).toThrow(refusedWith('too_few_signatures'));
    const signatures = signed(round, collection);
    const forged = new Map(
      [...signatures.keys()].map((id) => [id, signSurvivors(round.terms.h, round.cohort, newIdentity())]),
    );
    expect(() => node.reveal(forged, round.pinnedKeyOf)).toThrow(refusedWith('too_few_signatures'));
    expect(() => node.reveal(signatures, () => undefined)).toThrow(refusedWith('too_few_signatures'));
    const three = new Map([...signatures].slice(0, round.terms.threshold - 1));
    expect(() => node.reveal(three, round.pinnedKeyOf)).toThrow(refusedWith('too_few_signatures'));
  });

  it('does not take survivors from outside the cohort, twice, or without itself', async () => {
    const round = await begun(members, vectorsOf(5));
    const node = round.rounds.get(a.nodeId)!;
    const strangers = [...round.cohort, 'ffffffff-ffff-4fff-8fff-ffffffffffff'];
    expect(() => node.agree(strangers, new Map())).toThrow(refusedWith('not_a_survivor'));
    expect(() => node.agree([a.nodeId, ...round.cohort], new Map())).toThrow(refusedWith('not_a_survivor'));
    const others = round.cohort.filter((id) => id !== a.nodeId);
    expect(() => node.agree(others, new Map())).toThrow(refusedWith('not_a_survivor'));
  });
});

describe('what a lying hospital can do to such a round', () => {
  const members = newCohort(5);
  const liar = members[1]!.nodeId;

  it('false shares are found and left out, as long as enough true ones are there', async () => {
    const vectors = vectorsOf(5);
    const round = await begun(members, vectors);
    const spoil = (id: string, one: Revealed) =>
      id === liar
        ? { ...one, seedShares: new Map([...one.seedShares].map(([of, share]) => [of, flip(share)])) }
        : one;
    expect(await finish(round, round.cohort, spoil)).toEqual(sumVectors(vectors, LENGTH));
  });

  it('a false mask key ends the round and spoils no sum', async () => {
    const round = await begun(members, vectorsOf(5));
    const survivors = round.cohort.filter((id) => id !== members[4]!.nodeId);
    const spoil = (id: string, one: Revealed) =>
      id === liar
        ? { ...one, pairKeys: new Map([...one.pairKeys].map(([of, key]) => [of, flip(key)])) }
        : one;
    await expect(finish(round, survivors, spoil)).rejects.toThrow(refusedWith('bad_share'));
    const keep = (id: string, one: Revealed) => (id === liar ? { ...one, pairKeys: new Map() } : one);
    await expect(finish(await begun(members, vectorsOf(5)), survivors, keep)).rejects.toThrow(
      refusedWith('bad_share'),
    );
  });

  it('boxes it sealed badly cost its own seed only where too few others have theirs', async () => {
    const vectors = vectorsOf(5);
    const round = await begun(members, vectors);
    const boxes = round.sent.get(liar)!.boxes;
    const [first] = boxes.keys();
    boxes.set(first!, randomBytes(49));
    expect(await finish(round, round.cohort)).toEqual(sumVectors(vectors, LENGTH));
    for (const to of boxes.keys()) boxes.set(to, randomBytes(49));
    const again = await begun(members, vectors);
    again.sent.set(liar, { ...again.sent.get(liar)!, boxes });
    await expect(finish(again, again.cohort)).rejects.toThrow(refusedWith('bad_share'));
  });
});

function flip(bytes: Uint8Array): Buffer {
  const copy = Buffer.from(bytes);
  copy[0] = copy[0]! ^ 1;
  return copy;
}
