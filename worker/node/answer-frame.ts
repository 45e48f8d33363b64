import { encodeFrame, type Frame, FrameError } from '#lib/nodes/frame';
import { type Message, parseMessage, RECEIPTS_A_PAGE } from '#lib/nodes/messages';
import { headerHash } from '#lib/nodes/round-header';
import { answerControl } from './answer-control.ts';
import { answerPublic } from './answer-public.ts';
import { answerPublicScores } from './answer-public-scores.ts';
import { answerRound, type RoundNode } from './answer-round.ts';
import type { CertificateKeeper } from './channel/certificate-keeper.ts';
import type { Link } from './channel/dial.ts';
import type { Engine } from './engine/engine.ts';
import { SpendLogError } from './guard/spend-log.ts';
import type { SurvivorLog } from './guard/survivor-log.ts';
import type { KeyAgreement } from './keys/key-agreement.ts';
import { answerSignedSurvivors, answerSurvivors, type UnmaskingNode } from './masking/answer-survivors.ts';
import { isStopped } from './stop-file.ts';
import type { Vitals } from './vitals/vitals.ts';
import { answerWitness } from './witness/answer-witness.ts';
import type { Witness } from './witness/witness.ts';

/** Everything of a node that answers its router. */
export type AnsweringNode = {
  round: RoundNode;
  agreement: KeyAgreement;
  survivorLog: SurvivorLog;
  witness: Witness;
  certificates: CertificateKeeper;
  engine: () => Promise<Engine>;
  vitals: Vitals;
  /** The spend log can no longer be written. */
  onBroken: (error: Error) => void;
};

/** What the node sends back to a frame of its router; null for nothing. @throws FrameError for one a router does not send. */
export async function answerFrame(
  node: AnsweringNode,
  frame: Frame,
  isOpen: () => boolean,
  link: Link,
): Promise<Buffer | null> {
  const { round, agreement, certificates, vitals, engine } = node;
  const { spendLog, log } = round;
  const { dataDir } = round.config;
  if (await answerControl(frame, { dataDir, certificates, link })) return null;
  switch (frame.type) {
    case 'round':
      return answerRoundFrame(node, parseMessage(frame, 'round'), isOpen);
    case 'survivors':
      return answerSurvivors(unmaskingOf(node), parseMessage(frame, 'survivors'));
    case 'signedSurvivors':
      return answerSignedSurvivors(unmaskingOf(node), parseMessage(frame, 'signedSurvivors'));
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
      return encodeFrame('publicReply', await answerPublic(engine, log, parseMessage(frame, 'publicQuery')));
    case 'publicScores':
      return encodeFrame(
        'publicScoresReply',
        await answerPublicScores(engine, log, parseMessage(frame, 'publicScores')),
      );
    case 'witness':
      return answerWitness(node.witness, parseMessage(frame, 'witness'));
    case 'probe': {
      const { probeId } = parseMessage(frame, 'probe');
      return encodeFrame('probeReply', { probeId, queued: vitals.queued });
    }
    default:
      throw new FrameError(`a router does not send ${frame.type} frames`);
  }
}

async function answerRoundFrame(
  { round, vitals, onBroken }: AnsweringNode,
  message: Message<'round'>,
  isOpen: () => boolean,
): Promise<Buffer> {
  if (isStopped(round.config.dataDir)) return refuseStopped(message);
  try {
    return await vitals.during(answerRound(round, message, isOpen));
  } catch (error) {
    if (error instanceof SpendLogError) onBroken(error);
    throw error;
  }
}

/** In the form of the guard's refusals; the hospital needs no reason and gives none. */
function refuseStopped({ header }: Message<'round'>): Buffer {
  const h = headerHash(header).toString('hex');
  return encodeFrame('roundRefused', { h, code: 'stopped', reason: 'The hospital has stopped its node.' });
}

function unmaskingOf({ round, survivorLog }: AnsweringNode): UnmaskingNode {
  const { openRounds, peers, log } = round;
  return { openRounds, survivorLog, peers, log };
}

function pairsFrame(pairs: Message<'pairs'> | null): Buffer | null {
  return pairs && encodeFrame('pairs', pairs);
}
