import { createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket, WebSocketServer } from 'ws';
import { publicKeyFromRaw, rawPublicKey } from '../../lib/crypto/key-files.ts';
import { createLogger } from '../../lib/log.ts';
import { decodeFrame, encodeFrame } from '../../lib/nodes/frame.ts';
import { parseMessage } from '../../lib/nodes/messages.ts';
import type { NodeFacts } from '../../lib/nodes/node-channel.ts';
import { answerRound, type RoundNode } from '../../worker/node/answer-round.ts';
import { EMBEDDED } from '../../worker/node/engine/engine.ts';
import { RequestHistory } from '../../worker/node/guard/request-history.ts';
import { RoundRate } from '../../worker/node/guard/round-rate.ts';
import { SpendLog } from '../../worker/node/guard/spend-log.ts';
import { SurvivorLog } from '../../worker/node/guard/survivor-log.ts';
import { KeyAgreement } from '../../worker/node/keys/key-agreement.ts';
import { answerSignedSurvivors, answerSurvivors } from '../../worker/node/masking/answer-survivors.ts';
import { maskVector } from '../../worker/node/masking/mask-vector.ts';
import { OpenRounds } from '../../worker/node/masking/open-rounds.ts';
import { KeyDirectory } from '../../worker/router/keys/key-directory.ts';
import { ReceiptIntake } from '../../worker/router/nodes/receipt-intake.ts';
import { WsNodeChannel } from '../../worker/router/nodes/ws-node-channel.ts';

export type BenchFederation = {
  router: KeyObject;
  directory: KeyDirectory;
  channels: WsNodeChannel[];
  /** Whether nodes mask what they send: a node of the product cannot be told not to. */
  masks: Masks;
  /** From the first key announcement until every two share a secret, milliseconds. */
  setUpMs: number;
  stop(): Promise<void>;
};

/** `timesMs`: how long a node took to mask each vector. */
type Masks = { on: boolean; timesMs: number[] };

const SHARDS = 64;
const quiet = createLogger('bench');
quiet.level = 'silent';

/**
 * Nodes and router in this process, over real sockets: the product's guard, spend log on disk, masks, frames and channel.
 * Shards are none: what they say is given, so that what is timed is the way of the sum.
 * @param tickMs the nodes' tick: 0 where the time of the work is wanted, the product's where that of a vote is.
 */
export async function startBenchFederation(size: number, tickMs: number): Promise<BenchFederation> {
  const folder = mkdtempSync(join(tmpdir(), 'fdlr-aggregation-'));
  const router = generateKeyPairSync('ed25519').privateKey;
  const members = Array.from({ length: size }, () => ({
    nodeId: randomUUID(),
    identity: generateKeyPairSync('ed25519').privateKey,
  }));
  const pinned = new Map(members.map(({ nodeId, identity }) => [nodeId, publicOf(identity)]));
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const directory = new KeyDirectory({ keyEpoch: 1, notAfterMs: Date.now() + 3_600_000 });
  const channels: WsNodeChannel[] = [];
  const masks: Masks = { on: true, timesMs: [] };
  const opened: { spendLog: SpendLog; survivorLog: SurvivorLog; socket: WebSocket }[] = [];
  const joining: (() => void)[] = [];
  for (const [i, member] of members.entries()) {
    const spendLog = await SpendLog.open(join(folder, `${i}.ndjson`), member.nodeId, member.identity);
    const survivorLog = await SurvivorLog.open(join(folder, `${i}.survivors`));
    const node = nodeOf(member, { pinned, router, spendLog, tickMs, masks });
    const accepted = new Promise<WebSocket>((connected) => sockets.once('connection', connected));
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    answerFrames(socket, node, survivorLog);
    const channel = channelOf(await accepted, member, directory);
    channels.push(channel.channel);
    joining.push(channel.join);
    opened.push({ spendLog, survivorLog, socket });
  }
  const startedAtMs = performance.now();
  for (const join of joining) join();
  await directory.settled(members.map(({ nodeId }) => nodeId));
  const setUpMs = performance.now() - startedAtMs;
  return {
    router,
    directory,
    channels,
    masks,
    setUpMs,
    stop: async () => {
      for (const { socket } of opened) socket.terminate();
      await closed(sockets, server);
      for (const { spendLog, survivorLog } of opened)
        await Promise.all([spendLog.close(), survivorLog.close()]);
      rmSync(folder, { recursive: true });
    },
  };
}

type BenchNode = RoundNode & { agreement: KeyAgreement };

function nodeOf(
  { nodeId, identity }: { nodeId: string; identity: KeyObject },
  setup: {
    pinned: Map<string, KeyObject>;
    router: KeyObject;
    spendLog: SpendLog;
    tickMs: number;
    masks: Masks;
  },
): BenchNode {
  const peers = () => setup.pinned;
  return {
    config: {
      nodeId,
      name: 'bench',
      routerUrl: 'https://127.0.0.1:1',
      caFingerprint: '0'.repeat(64),
      routerKey: rawPublicKey(setup.router).toString('hex'),
      dataDir: '-',
      recordsDir: '-',
      shards: SHARDS,
      lanes: 1,
      engine: { kind: 'embedded' },
      limitRhoPico: String(10n ** 30n),
      purposes: ['care'],
      peersFile: '-',
      minCohort: 3,
      minCollude: 1,
      minSigmaLocal: 2,
      maxRoundsPerMinute: 1_000_000,
      tickMs: setup.tickMs,
    },
    routerKey: createPublicKey(setup.router),
    spendLog: setup.spendLog,
    history: new RequestHistory(),
    rate: new RoundRate(1_000_000),
    peers,
    agreement: new KeyAgreement({ nodeId, identity, peers, log: quiet }),
    mask: async (...round) => {
      if (!setup.masks.on) return undefined;
      const startedAtMs = performance.now();
      const shared = await maskVector(...round);
      setup.masks.timesMs.push(performance.now() - startedAtMs);
      return shared;
    },
    openRounds: new OpenRounds(),
    shards: {
      sum: async (task) => {
        const vector = new Uint32Array(task.kind === 'vote' ? task.labels.length : 1);
        vector[0] = Math.round(0.7 * SHARDS);
        return vector;
      },
    },
    capabilities: EMBEDDED,
    shortAnswers: () => Promise.reject(new Error('votes alone')),
    log: quiet,
    answered: new Map(),
  };
}

function answerFrames(socket: WebSocket, node: BenchNode, survivorLog: SurvivorLog): void {
  const { agreement, openRounds, peers, log } = node;
  const unmasking = { openRounds, survivorLog, peers, log };
  socket.on('message', async (data: Buffer) => {
    const frame = decodeFrame(data);
    const send = (bytes: Buffer | null) => bytes && socket.send(bytes);
    switch (frame.type) {
      case 'round':
        return send(await answerRound(node, parseMessage(frame, 'round')));
      case 'survivors':
        return send(await answerSurvivors(unmasking, parseMessage(frame, 'survivors')));
      case 'signedSurvivors':
        return send(await answerSignedSurvivors(unmasking, parseMessage(frame, 'signedSurvivors')));
      case 'keyEpoch':
        return send(encodeFrame('announce', agreement.begin(parseMessage(frame, 'keyEpoch'))));
      case 'directory':
        return send(encodeFrame('pairs', agreement.meet(parseMessage(frame, 'directory'))));
      default:
        return send(encodeFrame('pairs', agreement.take(parseMessage(frame, 'encapsulations'))));
    }
  });
}

function channelOf(
  socket: WebSocket,
  { nodeId, identity }: { nodeId: string; identity: KeyObject },
  directory: KeyDirectory,
) {
  const facts: NodeFacts = {
    nodeId,
    hospitalId: nodeId,
    datasetId: nodeId,
    name: nodeId,
    shards: SHARDS,
    lanes: 1,
    engine: EMBEDDED,
    leftRhoPico: 10n ** 30n,
    conditions: { minCohort: 3, minCollude: 1, minSigmaLocal: 2 },
    probeMs: 1,
    availability: 1,
  };
  const channel = new WsNodeChannel(socket, facts, new ReceiptIntake(nodeId, publicOf(identity), 0), {
    onProbe: () => {},
    onLateReceipt: () => {},
    onLateRefusal: () => {},
    onUnmaskingRefused: () => {},
    onAnnounce: (announced) => directory.announced(nodeId, announced),
    onPairs: (pairs) => directory.paired(nodeId, pairs),
  });
  socket.on('message', (data: Buffer) => channel.receive(decodeFrame(data)));
  return { channel, join: () => void directory.join(nodeId, (bytes) => socket.send(bytes)) };
}

function publicOf(identity: KeyObject): KeyObject {
  return publicKeyFromRaw(rawPublicKey(identity));
}

async function closed(sockets: WebSocketServer, server: Server): Promise<void> {
  sockets.close();
  await new Promise((done) => server.close(done));
}
