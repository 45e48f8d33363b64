import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadOrCreateEd25519, loadOrCreateSecret, publicKeyFromRaw } from '#lib/crypto/key-files';
import type { Logger } from '#lib/log';
import { encodeFrame } from '#lib/nodes/frame';
import { takeLock } from '../../scripts/process-lock.mjs';
import { type AnsweringNode, answerFrame } from './answer-frame.ts';
import { CertificateKeeper } from './channel/certificate-keeper.ts';
import { keepDialling, type Link } from './channel/dial.ts';
import { type NodeConfig, sourceOf } from './config.ts';
import type { Engine } from './engine/engine.ts';
import { openEngine } from './engine/open-engine.ts';
import { RequestHistory } from './guard/request-history.ts';
import { RoundRate } from './guard/round-rate.ts';
import { SpendLog } from './guard/spend-log.ts';
import { SurvivorLog } from './guard/survivor-log.ts';
import { KeyAgreement } from './keys/key-agreement.ts';
import { requireTickForStall } from './lanes/time-quotas.ts';
import { joinEngine } from './loading/join-engine.ts';
import { listenLocally } from './local/listen-locally.ts';
import { maskVector } from './masking/mask-vector.ts';
import { OpenRounds } from './masking/open-rounds.ts';
import { readPinnedPeers } from './peers/pinned-peers.ts';
import { watchPeers } from './peers/watch-peers.ts';
import { keepRecords } from './record-store/keep-records.ts';
import { watchStop } from './stop-file.ts';
import { sendHeartbeats } from './telemetry.ts';
import { Vitals } from './vitals/vitals.ts';
import { Witness } from './witness/witness.ts';

type NodeEvents = { onConnected: () => void; onBroken: (error: Error) => void };

/**
 * Loads the hospital's records and dials the router. `onConnected` is called at the first welcome, `onBroken` when the
 * spend log can no longer be written: a node that cannot charge must not stay in cohorts, where its silence costs others.
 */
export async function startNode(config: NodeConfig, log: Logger, events: NodeEvents): Promise<() => void> {
  requireTickForStall(config.tickMs);
  sourceOf(config);
  const { dataDir, nodeId } = config;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = takeLock(join(dataDir, 'node.lock'));
  if ('heldBy' in lock) {
    throw new Error(
      `Process ${lock.heldBy} runs this node already: two would each keep their own account of one budget.`,
    );
  }
  const identity = loadOrCreateEd25519(join(dataDir, 'identity.pem'));
  const spendLog = await SpendLog.open(join(dataDir, 'spend-log.ndjson'), nodeId, identity);
  const survivorLog = await SurvivorLog.open(join(dataDir, 'survivor-log.ndjson'));
  const witness = await Witness.open({ folder: join(dataDir, 'witness'), nodeId, identity, log });
  let router: Link | null = null;
  const announceAgain = () => {
    const announced = agreement.again();
    if (announced) router?.send(encodeFrame('announce', announced));
  };
  const { peers, stop: stopPeers } = watchPeers(
    config.peersFile,
    readPinnedPeers,
    log,
    announceAgain,
    new Map(),
  );
  const agreement = new KeyAgreement({ nodeId, identity, peers, log });
  const { onBroken } = events;
  const { shards, close: closeRecords } = await keepRecords({ config, identity, log, onUnusable: onBroken });
  const opened = await openEngine(config.engine, join(dataDir, 'engine-checks.json'), log);
  const { capabilities } = opened;
  const salt = loadOrCreateSecret(join(dataDir, 'cache-salt.key'));
  const joined = await joinEngine(config, opened, shards, salt);
  let model: Engine | null = null;
  const vitals = new Vitals({ lanes: config.lanes, engine: () => model });
  const certificates = new CertificateKeeper(config, log);
  const node: AnsweringNode = {
    round: {
      config: { ...config, tickMs: joined.tickMs },
      spendLog,
      history: new RequestHistory(),
      rate: new RoundRate(config.maxRoundsPerMinute),
      routerKey: publicKeyFromRaw(Buffer.from(config.routerKey, 'hex')),
      peers,
      agreement,
      mask: maskVector,
      openRounds: new OpenRounds(),
      shards: joined,
      capabilities,
      shortAnswers: joined.shortAnswers,
      log,
      answered: new Map(),
    },
    agreement,
    survivorLog,
    witness,
    certificates,
    engine: joined.publicModel,
    vitals,
    onBroken,
  };
  const local = config.local
    ? await listenLocally({
        config,
        local: config.local,
        modelId: capabilities.modelId,
        shards: joined,
        shardCount: config.shards,
        engine: joined.shortAnswers,
        log,
      })
    : null;
  let connected = false;
  const onFirstWelcome = () => {
    connected = true;
    events.onConnected();
    // Votes do without the model, so nobody waits for it at the start; the first answers shall not either.
    joined.shortAnswers().then(
      (loaded) => {
        model = loaded;
        void vitals.probe();
        log.info({ ...capabilities }, 'the model is ready');
      },
      (error: unknown) => log.error({ err: error }, 'the model is not ready'),
    );
  };
  const dial = () =>
    keepDialling(
      { config, identity, spendLog, capabilities, log },
      {
        onFrame: (frame, isOpen, link) => answerFrame(node, frame, isOpen, link),
        onWelcome: ({ state }, link) => {
          router = link;
          link.onEnd(() => {
            if (router === link) router = null;
          });
          link.onEnd(certificates.keep(link.send));
          sendHeartbeats(link, () => vitals.read());
          log.info({ state }, 'connected to the router');
          if (!connected) onFirstWelcome();
        },
      },
    );
  const stopProbing = vitals.start();
  let hangUp = () => {};
  const stopLooking = watchStop(dataDir, (stopped) => {
    if (stopped) log.warn('the hospital has stopped this node: it answers nothing and hangs up');
    hangUp();
    hangUp = stopped ? () => {} : dial();
  });
  return () => {
    stopLooking();
    stopPeers();
    stopProbing();
    hangUp();
    local?.close();
    closeRecords();
  };
}
