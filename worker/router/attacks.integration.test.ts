import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { transaction } from '#lib/db/transaction';
import { CHANNEL_PATH } from '#lib/nodes/channel-path';
import { signHeader } from '#lib/nodes/header-signature';
import type { Contribution, RoundCall } from '#lib/nodes/node-channel';
import { newInviteCode } from '#lib/nodes/onboarding/invite-code';
import { type Authority, loadAuthority } from '#lib/nodes/pki/authority';
import { issueForSite } from '#lib/nodes/pki/issue';
import { importKeyPair, newTlsKey } from '#lib/nodes/pki/p256';
import { sumVectors } from '#lib/secure-aggregation/map-into-range';
import { readTls, writeAuthority } from '../node/channel/tls-files.ts';
import { readConfig } from '../node/config.ts';
import { enrol } from '../node/enrol/enrol.ts';
import { startNode } from '../supervisor/start-federation.ts';
import { startTestFederation, type TestFederation } from '../testing/federation.ts';
import { type Lie, type LyingRouter, resigned, startLyingRouter } from '../testing/lying-router.ts';
import { HEART_LABELS, post, vote } from '../testing/questions.ts';
import { roundFindings } from '../testing/round-findings.ts';

/**
 * Whoever attacks a federation, one by one, over its real sockets: each is refused, and the audit log says so. What a
 * hospital sends in place of its vector, 10,000 times over: nodes/fuzzed-frames.test.ts; a clock that is off and other
 * false hellos: bad-input.shared.test.ts; that a masked vector is uniform: lib/secure-aggregation/masks.test.ts.
 */
let federation: TestFederation;
let router: LyingRouter;
let folder: string;
beforeAll(async () => {
  federation = await startTestFederation();
  router = await startLyingRouter(federation);
  folder = mkdtempSync(join(tmpdir(), 'fdlr-attacks-'));
});
afterAll(async () => {
  await router?.stop();
  await federation?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const EXACT = { epsilon: 0.5, mode: 'exact' };
const GAUSSIAN = { epsilon: 1 };
const ask = async (privacy: Record<string, unknown>, lie: Lie) => {
  router.tell(lie);
  const reply = await post(federation, '/chat/completions', vote({ privacy }), {
    'idempotency-key': randomUUID(),
  });
  router.tell({});
  return reply;
};
type Leaf = { nodeId: string | null; requestId?: string; where?: string; code: string };
async function leaves(type: string): Promise<Leaf[]> {
  const found = await federation.database.pool.query<{ entry: Buffer }>(
    'SELECT entry FROM audit_leaf WHERE type = $1',
    [type],
  );
  return found.rows.map(({ entry }) => JSON.parse(entry.toString('utf8')));
}
/** Every guard of the cohort refuses a request's round with this code. Leaves follow the reply, each when its node has refused. */
async function expectRefusals(requestId: unknown, code: string) {
  const found = async () =>
    (await leaves('node.refused_round')).filter((leaf) => leaf.requestId === requestId);
  await expect
    .poll(async () => (await found()).map((leaf) => leaf.code), { interval: 50 })
    .toEqual([code, code, code]);
  expect(new Set((await found()).map(({ nodeId }) => nodeId)).size).toBe(3);
}
const ids = () => federation.seeded.nodes.map(({ id }) => id).sort();

describe('a router that lies', () => {
  const changed =
    (change: (call: RoundCall, nodeId: string) => object): Lie['round'] =>
    (call, nodeId, context) =>
      resigned(context, call, change(call, nodeId));
  const stranger = generateKeyPairSync('ed25519').privateKey;

  test.each<[string, Record<string, unknown>, string, Lie]>([
    [
      'asks a cohort of strangers',
      EXACT,
      'stranger',
      { round: changed(({ header }) => ({ cohort: [...header.cohort, randomUUID()].sort() })) },
    ],
    ['charges too small a rho', EXACT, 'rho_too_small', { round: changed(() => ({ rhoPico: '10000' })) }],
    [
      'wants less noise than the hospital does',
      GAUSSIAN,
      'sigma',
      {
        round: changed(({ header }) => ({
          params: { ...header.params, sigma2Local: { num: '1', den: '1' } },
        })),
      },
    ],
    [
      'claims a larger cohort, so that each adds less noise for the same charge',
      GAUSSIAN,
      'stranger',
      {
        round: changed(({ header }) => ({
          cohort: [...header.cohort, ...Array.from({ length: 6 }, () => randomUUID())].sort(),
        })),
      },
    ],
    [
      'asks for an exact sum of two',
      EXACT,
      'cohort_too_small',
      {
        round: changed(({ header }, nodeId) => ({
          cohort: [nodeId, header.cohort.find((id) => id !== nodeId)!].sort(),
        })),
      },
    ],
    [
      'is another one',
      EXACT,
      'bad_signature',
      { round: (call, _, context) => resigned(context, call, {}, (h) => signHeader(h, stranger)) },
    ],
  ])('%s', async (_what, privacy, code, lie) => {
    const { status, body } = await ask(privacy, lie);
    expect([status, body.error?.code]).toEqual([503, 'round_failed']);
    await expectRefusals(body.error!.requestId, code);
  });

  test('asks a cohort, and then the same without one, which would be that one’s own vector', async () => {
    let left: string | undefined;
    const { body } = await ask(EXACT, {
      round: async (call, nodeId, context) => {
        const { cohort } = call.header;
        left ??= ids().find((id) => !cohort.includes(id))!;
        const larger = [...cohort, left].sort();
        const keyDirectoryHash = context.keyDirectory.directoryHash(larger);
        const first = await resigned(context, call, { cohort: larger, keyDirectoryHash });
        await context.nodes.get(nodeId)!.round(first, AbortSignal.timeout(9_000));
        return resigned(context, call, { roundId: randomUUID() });
      },
    });
    await expectRefusals(body.error!.requestId, 'second_attempt');
  });

  test.each<[string, Lie['round']]>([
    [
      'shows different headers to different nodes',
      (call, nodeId, context) =>
        nodeId === call.header.cohort[0] ? resigned(context, call, { roundId: randomUUID() }) : call,
    ],
    [
      'names members whom it does not ask',
      (call, _, context) => {
        const keyDirectoryHash = context.keyDirectory.directoryHash(ids());
        return resigned(context, call, { cohort: ids(), keyDirectoryHash });
      },
    ],
  ])('%s: gets garbage, with signed receipts of what it has sent', async (_what, round) => {
    const given: Contribution[] = [];
    const { body } = await ask(EXACT, {
      ...(round && { round }),
      contribution: (one) => {
        given.push(one);
        return one;
      },
    });
    expect(given).toHaveLength(3);
    const sum = sumVectors(
      given.map(({ vector }) => vector),
      HEART_LABELS.length,
    );
    // Less than one in 10^24 by chance: 3 x 64 shards of 2^32, four times.
    expect([...sum].some((count) => count > 192)).toBe(true);
    const { rows } = await federation.database.pool.query<{ request_id: string }>(
      'SELECT request_id FROM node_receipt WHERE request_id = $1',
      [given[0]!.receipt.requestId],
    );
    expect(rows).toHaveLength(3);
    expect(body.error).toBeUndefined();
  });

  test('that different headers were shown is found by whoever verifies the log, and who signed which', async () => {
    const shown = new Map<string, string[]>();
    let requestId = '';
    const lied = await ask(EXACT, {
      round: async (call, nodeId, context) => {
        const other = nodeId === call.header.cohort[0];
        const sent = other ? await resigned(context, call, { roundId: randomUUID() }) : call;
        requestId = sent.header.requestId;
        shown.set(sent.h, [...(shown.get(sent.h) ?? []), context.nodes.get(nodeId)!.facts.name]);
        return sent;
      },
    });
    expect(lied.status).toBe(200);
    const honest = [await ask(EXACT, {}), await ask(GAUSSIAN, {})];
    expect(honest.map(({ status }) => status)).toEqual([200, 200]);

    const split = (await roundFindings(federation)).filter(({ attack }) => attack === 'split_rounds');
    const told = split.find(({ detail }) => detail.includes(requestId))!.detail;
    for (const [h, names] of shown) {
      expect(told).toContain(`signed ${h.slice(0, 16)}`);
      for (const name of names) expect(told).toContain(name);
    }
    // All receipts are their nodes' own.
    expect(told).not.toContain('not under the keys');
    const { rows } = await federation.database.pool.query<{ id: string }>(
      'SELECT id FROM request ORDER BY created_at DESC LIMIT 2',
    );
    for (const { id } of rows) expect(split.filter(({ detail }) => detail.includes(id))).toEqual([]);
  });

  test('asks a node for both kinds of share, by naming other survivors the second time', async () => {
    const before = (await leaves('node.refused')).length;
    const { body } = await ask(EXACT, {
      plan: (plan, context) => {
        const cohort = [...plan.cohort];
        const fourth = context.nodes
          .all()
          .find(({ facts }) => !cohort.some((member) => member.nodeId === facts.nodeId))!;
        cohort.push({ ...cohort[0]!, nodeId: fourth.facts.nodeId, datasetId: fourth.facts.datasetId });
        return { ...plan, cohort, asked: { ...plan.asked, masking: 'survives-dropouts', maxDropouts: 1 } };
      },
      agree: async (call, channel, signal) => {
        await channel.agree(call, signal);
        const { nodeId } = channel.facts;
        const out = call.survivors.find((id) => id !== nodeId);
        const survivors = call.survivors.filter((id) => id !== out);
        const boxes = Object.fromEntries(Object.entries(call.boxes).filter(([id]) => id !== out));
        return channel.agree({ ...call, survivors, boxes }, signal);
      },
    });
    expect(body.error).toMatchObject({ code: 'round_failed', charged: true });
    // The first refusal ends the round; whoever else refuses is not heard any more.
    await expect
      .poll(async () => (await leaves('node.refused')).length, { interval: 50 })
      .toBeGreaterThan(before);
    const refused = (await leaves('node.refused')).slice(before);
    expect(new Set(refused.map(({ where, code }) => `${where} ${code}`))).toEqual(
      new Set(['unmasking other_survivors']),
    );
  });

  test('sends an old header again: nothing is computed or spent anew, and after its time it is refused', async () => {
    const old = new Map<string, RoundCall>();
    const first = await ask(EXACT, {
      round: (call, nodeId) => {
        old.set(nodeId, call);
        return call;
      },
    });
    expect(first.status).toBe(200);
    const spent = () => [...old.keys()].map((nodeId) => readFileSync(spendLogOf(nodeId), 'utf8'));
    const before = spent();
    const again: Lie = { round: (call, nodeId) => old.get(nodeId) ?? call };
    // In time: the same bytes, which the router's own intake does not take for a new receipt.
    const { body } = await ask(EXACT, again);
    expect(body.error?.code).toBe('round_failed');
    const asked = [...old.keys()];
    const unspent = spent();
    for (const [i] of asked.entries()) expect(unspent[i]).toBe(before[i]);
    // Who was hung up on comes back.
    await connected();
    const { deadlineMs } = [...old.values()][0]!.header;
    await expect.poll(() => Date.now(), { interval: 500 }).toBeGreaterThan(deadlineMs);
    const late = await ask(EXACT, { round: () => old.get(asked[0]!)! });
    await expectRefusals(late.body.error!.requestId, 'deadline');
  });
});

describe('a hospital that lies', () => {
  test('adds 2^31 to a count: the answer is one of the labels, at the same charge', async () => {
    const reply = await ask(EXACT, {
      contribution: (given) => {
        given.vector[0] = given.vector[0]! + 2 ** 31;
        return given;
      },
    });
    expect(reply.status).toBe(200);
    expect(HEART_LABELS).toContain(JSON.parse(reply.body.choices![0]!.message.content!));
  });
});

describe('at the door', () => {
  const DAY_MS = 86_400_000;
  const victim = () => federation.seeded.nodes[0]!;
  const ours = () => loadAuthority(join(federation.dataDir, 'keys', 'router'));
  const federationId = async () =>
    (await federation.database.pool.query('SELECT federation_id AS id FROM ledger_state')).rows[0].id;

  /** Dials with a certificate of this authority for a node of the federation, which the router knows if it is told. */
  async function dial(authority: Authority, at: Date, known: { revokedAt: Date | null } | null) {
    const key = newTlsKey();
    const { publicKey } = await importKeyPair(key);
    const site = { federationId: await federationId(), nodeId: victim().id };
    const issued = await issueForSite(authority, site, publicKey, at);
    if (known) {
      await federation.database.pool.query(
        `INSERT INTO node_certificate (serial, node_id, fingerprint, not_before, not_after, spki_sha256, key_since, pem, revoked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $4, $7, $8)`,
        [
          ...[issued.serial, victim().id, issued.fingerprint, issued.notBefore, issued.notAfter],
          ...[Buffer.alloc(32, 1), issued.pem, known.revokedAt],
        ],
      );
    }
    const url = `wss://127.0.0.1:${federation.channelPort}${CHANNEL_PATH}`;
    const { ca } = readTls(readConfig(victim().configFile));
    await new Promise((resolve, reject) => {
      new WebSocket(url, { ca, key, cert: issued.pem }).once('open', resolve).once('error', reject);
    });
  }

  test.each<[string, string, boolean, () => Promise<void>]>([
    [
      'a revoked certificate',
      'certificate_revoked',
      true,
      async () => dial(await ours(), new Date(), { revokedAt: new Date() }),
    ],
    [
      'an expired certificate',
      'certificate_expired',
      true,
      async () => dial(await ours(), new Date(Date.now() - 40 * DAY_MS), { revokedAt: null }),
    ],
    [
      'a certificate of another authority',
      'bad_certificate',
      false,
      async () => dial(await loadAuthority(join(folder, 'other')), new Date(), null),
    ],
    [
      'a certificate of ours that was never issued here',
      'bad_certificate',
      false,
      async () => dial(await ours(), new Date(), null),
    ],
  ])('%s', async (_what, code, named, attack) => {
    await expect(attack()).rejects.toThrow(/401/);
    const nodeId = named ? victim().id : null;
    const refused = () => leaves('node.refused');
    await expect
      .poll(refused, { interval: 50 })
      .toContainEqual(expect.objectContaining({ where: 'door', nodeId, code }));
  });

  test('an invite that was used before, and a code that is none', async () => {
    const { pool } = federation.database;
    const { code, locator, codeKey } = newInviteCode();
    const { hospital_id: hospitalId } = (
      await pool.query('SELECT hospital_id FROM node WHERE id = $1', [victim().id])
    ).rows[0];
    const [nodeId, user] = [randomUUID(), (await pool.query('SELECT id FROM "user" LIMIT 1')).rows[0].id];
    await transaction(pool, async (client) => {
      await client.query(
        `INSERT INTO node (id, hospital_id, name, dataset_id, shards, lanes, state) VALUES ($1, $2, 'Guest', $3, 8, 1, 'invited')`,
        [nodeId, hospitalId, randomUUID()],
      );
      await client.query(
        `INSERT INTO node_invite (id, node_id, locator, code_key, invited_by_id, expires_at)
         VALUES ($1, $2, $3, $4, $5, now() + interval '1 hour')`,
        [randomUUID(), nodeId, locator, codeKey, user],
      );
    });
    const { fingerprint: caFingerprint } = await ours();
    const router = new URL(`https://127.0.0.1:${federation.channelPort}`);
    const attempt = (name: string, with_: string) =>
      enrol({ router, caFingerprint, code: with_, dataDir: join(folder, name) });
    await attempt('guest', code);
    await expect(attempt('thief', code)).rejects.toThrow('used before');
    await expect(attempt('guesser', newInviteCode().code)).rejects.toThrow('not one that works');
    const refused = await leaves('node.refused');
    const at = { where: 'enrolment' };
    expect(refused).toContainEqual(expect.objectContaining({ ...at, nodeId, code: 'invite_used' }));
    expect(refused).toContainEqual(expect.objectContaining({ ...at, nodeId: null, code: 'wrong_code' }));
  });

  test('a router whose authority the hospital has not pinned: its node says so, and sends nothing', async () => {
    const { name, configFile } = victim();
    await federation.nodes.get(name)!.stop();
    const config = JSON.parse(readFileSync(configFile, 'utf8'));
    const [mine, other] = [await ours(), await loadAuthority(join(folder, 'other'))];
    await writeAuthority(config.dataDir, other.pem);
    writeFileSync(configFile, JSON.stringify({ ...config, caFingerprint: other.fingerprint }));
    const logs = join(folder, 'logs');
    mkdirSync(logs);
    const node = startNode('astray', configFile, logs);
    const log = () => readFileSync(join(logs, 'node-astray.log'), 'utf8');
    await expect.poll(log, { interval: 200 }).toContain('authority_not_pinned');
    await node.stop();
    await writeAuthority(config.dataDir, mine.pem);
    writeFileSync(configFile, JSON.stringify(config));
    federation.nodes.set(name, startNode(name, configFile, join(federation.dataDir, 'logs')));
    await connected();
  });

  test('the true hospitals are served afterwards', async () => {
    expect((await ask(EXACT, {})).status).toBe(200);
  });
});

function spendLogOf(nodeId: string): string {
  const { configFile } = federation.seeded.nodes.find(({ id }) => id === nodeId)!;
  return join(readConfig(configFile).dataDir, 'spend-log.ndjson');
}

async function connected(): Promise<void> {
  const count = async () => {
    const reply = await fetch(`http://127.0.0.1:${federation.apiPort}/readyz`);
    return ((await reply.json()) as { nodes: number }).nodes;
  };
  await expect.poll(count, { interval: 200 }).toBe(federation.nodes.size);
}
