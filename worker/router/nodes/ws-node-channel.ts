import { randomUUID } from 'node:crypto';
import { decodeVector, encodeFrame, type Frame, FrameError } from '#lib/nodes/frame';
import { type Message, parseMessage } from '#lib/nodes/messages';
import {
  type Contribution,
  type NodeChannel,
  type NodeFacts,
  NodeGoneError,
  type PublicAnswer,
  type PublicCall,
  type PublicScores,
  type PublicScoresCall,
  type RoundCall,
  RoundRefusedError,
  type WitnessCall,
  type Witnessed,
} from '#lib/nodes/node-channel';
import type { SignedReceipt } from '#lib/nodes/receipt';
import type { RoundHeader } from '#lib/nodes/round-header';
import { Availability } from './availability.ts';
import type { ProbeOutcome } from './probe-recorder.ts';
import type { ReceiptIntake } from './receipt-intake.ts';
import type { ChannelSocket } from './sealed-socket.ts';

type Waiting<T> = { resolve: (value: T) => void; reject: (reason: Error) => void };
type WaitingRound = Waiting<Contribution> & { call: RoundCall };

/** A node is shown one head at a time. */
const WITNESS = 'head';

/** What the channel tells whoever opened it. */
export type ChannelEvents = {
  onProbe: (outcome: ProbeOutcome) => void;
  /** A receipt for a round that is over: it was charged, and what was let go belongs into the ledger. */
  onLateReceipt: (signed: SignedReceipt) => void;
  /** It refused a round that had failed by then; who still waits for one hears of it by the round itself. */
  onLateRefusal: (requestId: string, code: string) => void;
  /** It was asked to help to take masks away, and does not. The code is the node's word. */
  onUnmaskingRefused: (code: string) => void;
  /** Keys of the node, and whom it shares secrets with. */
  onAnnounce: (announced: Message<'announce'>) => void;
  onPairs: (pairs: Message<'pairs'>) => void;
};

/** The NodeChannel over a WebSocket that the node dialled. One instance per connection. */
export class WsNodeChannel implements NodeChannel {
  readonly facts: NodeFacts;
  readonly #socket: Pick<ChannelSocket, 'readyState' | 'OPEN' | 'send' | 'close' | 'on'>;
  readonly #intake: ReceiptIntake;
  readonly #rounds = new Map<string, WaitingRound>();
  /** Rounds that were sent and neither answered nor refused yet, whether or not anybody waits for them. */
  readonly #open = new Map<string, RoundHeader>();
  readonly #agreements = new Map<string, Waiting<Message<'agreement'>>>();
  readonly #unmaskings = new Map<string, Waiting<Message<'unmasking'>>>();
  readonly #publicCalls = new Map<string, Waiting<PublicAnswer>>();
  readonly #scoreCalls = new Map<string, Waiting<PublicScores>>();
  readonly #witnessCalls = new Map<typeof WITNESS, Waiting<Witnessed>>();
  readonly #pages = new Map<string, Waiting<SignedReceipt[]>>();
  readonly #events: ChannelEvents;
  readonly #answered: Availability;
  /** The probe that waits for its reply. */
  #probe: { probeId: string; sentAtMs: number } | null = null;

  constructor(socket: ChannelSocket, facts: NodeFacts, intake: ReceiptIntake, events: ChannelEvents) {
    this.facts = facts;
    this.#socket = socket;
    this.#intake = intake;
    this.#events = events;
    this.#answered = new Availability(facts.availability);
    socket.on('close', () => {
      this.#loseProbe();
      this.#failAll(new NodeGoneError(`node ${facts.name} disconnected`));
    });
  }

  round(call: RoundCall, signal: AbortSignal): Promise<Contribution> {
    this.#intake.asked();
    this.#keepOpen(call);
    return this.#ask(this.#rounds, call.h, { call }, signal, call.frame);
  }

  agree(call: Message<'survivors'>, signal: AbortSignal): Promise<Message<'agreement'>> {
    return this.#ask(this.#agreements, call.h, {}, signal, encodeFrame('survivors', call));
  }

  unmask(call: Message<'signedSurvivors'>, signal: AbortSignal): Promise<Message<'unmasking'>> {
    return this.#ask(this.#unmaskings, call.h, {}, signal, encodeFrame('signedSurvivors', call));
  }

  /** The receipts after this number in the node's spend log, oldest first; one page. */
  receiptsAfter(seq: number, signal: AbortSignal): Promise<SignedReceipt[]> {
    return this.#ask(this.#pages, String(seq), {}, signal, encodeFrame('receiptsSince', { after: seq }));
  }

  publicAnswer(call: PublicCall, signal: AbortSignal): Promise<PublicAnswer> {
    return this.#ask(this.#publicCalls, call.queryId, {}, signal, encodeFrame('publicQuery', call));
  }

  publicScores(call: PublicScoresCall, signal: AbortSignal): Promise<PublicScores> {
    return this.#ask(this.#scoreCalls, call.queryId, {}, signal, encodeFrame('publicScores', call));
  }

  witness(call: WitnessCall, signal: AbortSignal): Promise<Witnessed> {
    return this.#ask(this.#witnessCalls, WITNESS, {}, signal, encodeFrame('witness', call));
  }

  /** Times a synthetic round trip. The only latency cohort choice may look at. One that is still out by then is lost. */
  probe(): void {
    this.#loseProbe();
    this.#probe = { probeId: randomUUID(), sentAtMs: performance.now() };
    this.#send(encodeFrame('probe', { probeId: this.#probe.probeId }));
  }

  close(reason: string): void {
    this.#socket.close(1000, reason);
  }

  /** Takes one frame from the node. Throws FrameError for anything that does not belong here. */
  receive(frame: Frame): void {
    switch (frame.type) {
      case 'contribution':
        this.#contribution(parseMessage(frame, 'contribution'), frame.tail);
        break;
      case 'roundRefused': {
        const { h, code, reason } = parseMessage(frame, 'roundRefused');
        this.#intake.refused();
        const header = this.#take(this.#open, h);
        const waiting = this.#take(this.#rounds, h);
        if (waiting) waiting.reject(new RoundRefusedError(code, reason));
        else if (header) this.#events.onLateRefusal(header.requestId, code);
        break;
      }
      case 'agreement': {
        const agreement = parseMessage(frame, 'agreement');
        this.#take(this.#agreements, agreement.h)?.resolve(agreement);
        break;
      }
      case 'unmasking': {
        const unmasking = parseMessage(frame, 'unmasking');
        this.#take(this.#unmaskings, unmasking.h)?.resolve(unmasking);
        break;
      }
      case 'unmaskingRefused': {
        const { h, code, reason } = parseMessage(frame, 'unmaskingRefused');
        const refused = new RoundRefusedError(code, reason);
        const asked = this.#take(this.#agreements, h) ?? this.#take(this.#unmaskings, h);
        if (!asked) break;
        asked.reject(refused);
        this.#events.onUnmaskingRefused(code);
        break;
      }
      case 'announce':
        this.#events.onAnnounce(parseMessage(frame, 'announce'));
        break;
      case 'pairs':
        this.#events.onPairs(parseMessage(frame, 'pairs'));
        break;
      case 'receipts': {
        const { after, receipts } = parseMessage(frame, 'receipts');
        this.#take(this.#pages, String(after))?.resolve(receipts);
        break;
      }
      case 'publicReply': {
        const { queryId, error, ...answer } = parseMessage(frame, 'publicReply');
        const waiting = this.#take(this.#publicCalls, queryId);
        if (error === null) waiting?.resolve(answer);
        else waiting?.reject(new Error(error));
        break;
      }
      case 'publicScoresReply': {
        const { queryId, error, end, ...scores } = parseMessage(frame, 'publicScoresReply');
        const waiting = this.#take(this.#scoreCalls, queryId);
        if (error === null && end !== null) waiting?.resolve({ ...scores, end });
        else waiting?.reject(new Error(error ?? 'the model named no end token'));
        break;
      }
      case 'probeReply': {
        const { probeId, queued } = parseMessage(frame, 'probeReply');
        if (this.#probe?.probeId !== probeId) break;
        const probeMs = performance.now() - this.#probe.sentAtMs;
        this.#probe = null;
        this.facts.probeMs = probeMs;
        this.facts.availability = this.#answered.after(true);
        this.#events.onProbe({ probeMs, queued });
        break;
      }
      case 'cosignature':
        this.#take(this.#witnessCalls, WITNESS)?.resolve(parseMessage(frame, 'cosignature'));
        break;
      case 'witnessRefused':
        this.#take(this.#witnessCalls, WITNESS)?.resolve(parseMessage(frame, 'witnessRefused'));
        break;
      default:
        throw new FrameError(`a node does not send ${frame.type} frames`);
    }
  }

  #keepOpen({ h, header }: RoundCall): void {
    const nowMs = Date.now();
    for (const [earlier, { deadlineMs }] of this.#open) {
      if (deadlineMs >= nowMs) break;
      this.#open.delete(earlier);
    }
    this.#open.set(h, header);
  }

  #loseProbe(): void {
    if (!this.#probe) return;
    this.#probe = null;
    this.facts.availability = this.#answered.after(false);
    this.#events.onProbe(null);
  }

  #contribution({ h, shared, ...signed }: Message<'contribution'>, tail: Buffer): void {
    const waiting = this.#take(this.#rounds, h);
    this.#open.delete(h);
    try {
      const { receipt } = signed;
      if (waiting && !isFor(waiting.call, receipt)) throw new FrameError('the receipt is not for this round');
      this.#intake.accept(signed);
      this.facts.leftRhoPico -= BigInt(receipt.rhoPico);
      if (!waiting) {
        this.#events.onLateReceipt(signed);
        return;
      }
      const vector = decodeVector(tail, waiting.call.header.len);
      waiting.resolve({ nodeId: this.facts.nodeId, vector, ...signed, ...(shared && { shared }) });
    } catch (error) {
      waiting?.reject(error as Error);
      throw error;
    }
  }

  #ask<T, E extends object, K extends string>(
    table: Map<K, Waiting<T> & E>,
    key: K,
    extra: E,
    signal: AbortSignal,
    frame: Buffer,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const onAbort = () => {
        table.delete(key);
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      const done = () => signal.removeEventListener('abort', onAbort);
      table.set(key, {
        ...extra,
        resolve: (value) => {
          done();
          resolve(value);
        },
        reject: (reason) => {
          done();
          reject(reason);
        },
      });
      if (!this.#send(frame))
        this.#take(table, key)?.reject(new NodeGoneError(`node ${this.facts.name} is gone`));
    });
  }

  #take<K extends string, V>(table: Map<K, V>, key: K): V | undefined {
    const value = table.get(key);
    table.delete(key);
    return value;
  }

  #send(frame: Buffer): boolean {
    if (this.#socket.readyState !== this.#socket.OPEN) return false;
    this.#socket.send(frame);
    return true;
  }

  #failAll(reason: Error): void {
    for (const table of [
      this.#rounds,
      this.#agreements,
      this.#unmaskings,
      this.#publicCalls,
      this.#scoreCalls,
      this.#pages,
      this.#witnessCalls,
    ]) {
      for (const waiting of table.values()) waiting.reject(reason);
      table.clear();
    }
  }
}

function isFor({ header, h }: RoundCall, receipt: SignedReceipt['receipt']): boolean {
  return (
    receipt.h === h &&
    receipt.requestId === header.requestId &&
    receipt.ledgerEpoch === header.ledgerEpoch &&
    receipt.rhoPico === header.rhoPico
  );
}
