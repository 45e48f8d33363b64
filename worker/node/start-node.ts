import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadOrCreateEd25519, loadOrCreateSecret } from '#lib/crypto/key-files';
import type { Logger } from '#lib/log';
import { encodeFrame, type Frame, FrameError } from '#lib/nodes/frame';
import { type Message, parseMessage, RECEIPTS_A_PAGE } from '#lib/nodes/messages';
import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import { headerHash } from '#lib/nodes/round-header';
import { takeLock } from '../../scripts/process-lock.mjs';
import { answerControl } from './answer-control.ts';
import { answerPublic } from './answer-public.ts';
import { answerPublicScores } from './answer-public-scores.ts';
import { answerRound, type RoundNode } from './answer-round.ts';
import { CertificateKeeper } from './channel/certificate-keeper.ts';
import { keepDialling, type Link } from './channel/dial.ts';
import type { NodeConfig } from './config.ts';
import { EMBEDDED } from './engine/engine.ts';
import { RequestHistory } from './guard/request-history.ts';
import { RoundRate } from './guard/round-rate.ts';
import { SpendLog, SpendLogError } from './guard/spend-log.ts';
import { SurvivorLog } from './guard/survivor-log.ts';
import { KeyAgreement } from './keys/key-agreement.ts';
import { requireTickForStall } from './lanes/time-quotas.ts';
import { type Shards, startShards } from './loading/start-shards.ts';
import { answerSignedSurvivors, answerSurvivors, type UnmaskingNode } from './masking/answer-survivors.ts';
import { OpenRounds } from './masking/open-rounds.ts';
import { readPinnedPeers } from './peers/pinned-peers.ts';
import { watchPeers } from './peers/watch-peers.ts';
import { isStopped, watchStop } from './stop-file.ts';
import { readTelemetry, sendHeartbeats } from './telemetry.ts';
import { answerWitness } from './witness/answer-witness.ts';
import { Witness } from './witness/witness.ts';

/**
 * Loads the hospital's records and dials the router. `onConnected` is called at the first welcome, `onBroken` when the
 * spend log can no longer be written: a node that cannot charge must not stay in cohorts, where its silence costs others.
 */
export async function startNode(
  config: NodeConfig,
  log: Logger,
  events: { onConnected: () => void; onBroken: (error: Error) => void },
): Promise<() => void> {
  requireTickForStall(config.tickMs);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const lock = takeLock(join(config.dataDir, 'node.lock'));
  if ('heldBy' in lock) {
    throw new Error(
      `Process ${lock.heldBy} runs this node already: two would each keep their own account of one budget.`,
    );
  }
  const identity = loadOrCreateEd25519(join(config.dataDir, 'identity.pem'));
  const spendLog = await SpendLog.open(join(config.dataDir, 'spend-log.ndjson'), config.nodeId, identity);
  const witness = await Witness.open({
    folder: join(config.dataDir, 'witness'),
    nodeId: config.nodeId,
    identity,
    log,
  });
  const survivorLog = await SurvivorLog.open(join(config.dataDir, 'survivor-log.ndjson'));
  const { peers, stop: stopPeers } = watchPeers(config.peersFile, readPinnedPeers, log);
  const agreement = new KeyAgreement({ nodeId: config.nodeId, identity, peers, log });
  const openRounds = new OpenRounds();
  const shards = await loadShards(config, log);
  const engine = onFirstUse(async () => (await import('./engine/llama-engine.ts')).loadLlamaEngine());
  const shortAnswers = onFirstUse(async () => {
    const model = await engine();
    await shards.learnTokens(model.vocabulary);
    log.info('ready for short answers');
    return model;
  });

  const node: RoundNode = {
    config,
    spendLog,
    history: new RequestHistory(),
    rate: new RoundRate(config.maxRoundsPerMinute),
    peers,
    agreement,
    openRounds,
    shards,
    capabilities: EMBEDDED,
    shortAnswers,
    log,
    answered: new Map(),
  };
  const unmasking: UnmaskingNode = {
    openRounds,
    survivorLog,
    peers,
    identity,
    nodeId: config.nodeId,
    log,
  };
  const certificates = new CertificateKeeper(config, log);
  const { dataDir } = config;
  const onFrame = async (frame: Frame, isOpen: () => boolean, link: Link): Promise<Buffer | null> => {
    if (await answerControl(frame, { dataDir, certificates, link })) return null;
    switch (frame.type) {
      case 'round':
        if (isStopped(dataDir)) return refuseStopped(parseMessage(frame, 'round'));
        return answerRound(node, parseMessage(frame, 'round'), isOpen).catch((error: unknown) => {
          if (error instanceof SpendLogError) events.onBroken(error);
          throw error;
        });
      case 'survivors':
        return answerSurvivors(unmasking, parseMessage(frame, 'survivors'));
      case 'signedSurvivors':
        return answerSignedSurvivors(unmasking, parseMessage(frame, 'signedSurvivors'));
      case 'keyEpoch':
        return encodeFrame('announce', agreement.begin(parseMessage(frame, 'keyEpoch')));
      case 'directory':
        return pairsFrame(agreement.meet(parseMessage(frame, 'directory')));
      case 'encapsulations':
        return pairsFrame(agreement.take(parseMessage(frame, 'encapsulations')));
      case 'receiptsSince': {
        const { after } = parseMessage(frame, 'receiptsSince');
        const receipts = await spendLog.receiptsAfter(after, RECEIPTS_A_PAGE);
        return encodeFrame('receipts', { after, receipts });
      }
      case 'publicQuery':
        return encodeFrame(
          'publicReply',
          await answerPublic(engine, log, parseMessage(frame, 'publicQuery')),
        );
      case 'publicScores':
        return encodeFrame(
          'publicScoresReply',
          await answerPublicScores(engine, log, parseMessage(frame, 'publicScores')),
        );
      case 'witness':
        return answerWitness(witness, parseMessage(frame, 'witness'));
      case 'probe':
        return encodeFrame('probeReply', { probeId: parseMessage(frame, 'probe').probeId, queued: 0 });
      default:
        throw new FrameError(`a router does not send ${frame.type} frames`);
    }
  };
  let connected = false;
  const dial = () =>
    keepDialling(
      { config, identity, spendLog, log },
      {
        onFrame,
        onWelcome: ({ state }, link) => {
          link.onEnd(certificates.keep(link.send));
          sendHeartbeats(link, () => readTelemetry(config.lanes));
          log.info({ state }, 'connected to the router');
          if (connected) return;
          connected = true;
          events.onConnected();
          // Votes do without the model, so nobody waits for it at the start; the first answers shall not either.
          shortAnswers().catch((error: unknown) => log.error({ err: error }, 'no short answers yet'));
        },
      },
    );
  let hangUp = () => {};
  const stopLooking = watchStop(dataDir, (stopped) => {
    if (stopped) log.warn('the hospital has stopped this node: it answers nothing and hangs up');
    hangUp();
    hangUp = stopped ? () => {} : dial();
  });
  return () => {
    stopLooking();
    stopPeers();
    hangUp();
  };
}

/** In the form of the guard's refusals; the hospital needs no reason and gives none. */
function refuseStopped({ header }: Message<'round'>): Buffer {
  const h = headerHash(header).toString('hex');
  return encodeFrame('roundRefused', { h, code: 'stopped', reason: 'The hospital has stopped its node.' });
}

function pairsFrame(pairs: Message<'pairs'> | null): Buffer | null {
  return pairs && encodeFrame('pairs', pairs);
}

/** Reads the records into shards. The shard key is the node's own and stays, so that assignments survive restarts. */
async function loadShards(config: NodeConfig, log: Logger): Promise<Shards> {
  const shardKey = loadOrCreateSecret(join(config.dataDir, 'shard.key'));
  const loaded = await startShards({
    recordsDir: config.recordsDir,
    shardKey,
    shards: config.shards,
    lanes: config.lanes,
    roundMs: ROUND_DEADLINE_MS,
    onQuarantined: (shard) =>
      log.error({ shard }, 'a shard ended its thread; it abstains until the next start'),
    onLaneEnded: () => log.warn('a lane ended; the one that stood by goes on'),
  });
  const { counts } = loaded;
  const unclear = counts.badConsentLines + counts.unclearDenials;
  if (unclear > 0) {
    throw new Error(
      `${unclear} Consent resources cannot be read or name no patient we can tell. A refusal may stand in them: mend them, then start again.`,
    );
  }
  if (counts.unmergedLinks > 0) {
    log.warn(
      { unmergedLinks: counts.unmergedLinks },
      'duplicates named by one side only were not merged; check them',
    );
  }
  log.info({ ...counts, shards: config.shards }, 'records loaded');
  return loaded;
}

/** Loads once, when first asked for; after a failure it is tried again. */
function onFirstUse<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = null;
      throw error;
    });
    return loaded;
  };
}
