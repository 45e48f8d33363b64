import { type KeyObject, randomInt } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import { rawPublicKey } from '#lib/crypto/key-files';
import type { Logger } from '#lib/log';
import { CHANNEL_PATH } from '#lib/nodes/channel-path';
import { decodeFrame, encodeFrame, type Frame, FrameError } from '#lib/nodes/frame';
import { signHello } from '#lib/nodes/identity-proof';
import { type Message, parseMessage } from '#lib/nodes/messages';
import { channelSecret, MAX_SEALED_BYTES, SealedLine } from '#lib/nodes/sealed-line';
import { NODE_BUILD } from '../build.ts';
import type { NodeConfig } from '../config.ts';
import { announced, type EngineCapabilities } from '../engine/engine.ts';
import type { SpendLog } from '../guard/spend-log.ts';
import { proxyFor } from './proxy.ts';
import { readTls } from './tls-files.ts';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 15_000;
const SILENCE_MS = 30_000;
/** What waits to be sent, before nothing more is read: the router reads slower than it asks. */
const HIGH_BYTES = 8 << 20;
const LOOK_MS = 50;
/** How TLS says that whoever answers has no certificate of the authority that is pinned here. */
const NOT_VOUCHED_FOR = [
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
];
const NOT_PINNED =
  'whoever answers there is not vouched for by the authority that this node has pinned; nothing was sent';

/** A connection that was welcomed, as long as it lasts. */
export type Link = { send: (frame: Buffer) => void; onEnd: (end: () => void) => void };

export type ChannelEvents = {
  onWelcome: (welcome: Message<'welcome'>, link: Link) => void;
  /** Takes a frame and gives what to send back, or null. `isOpen`: whether it could still be sent. */
  onFrame: (frame: Frame, isOpen: () => boolean, link: Link) => Promise<Buffer | null>;
};

export type Dialled = {
  config: NodeConfig;
  identity: KeyObject;
  spendLog: SpendLog;
  capabilities: EngineCapabilities;
  log: Logger;
};

/** Keeps one connection to the router, dialled from here, again and again. Returns a function that ends it. */
export function keepDialling(node: Dialled, events: ChannelEvents): () => void {
  // Once, at the start, where a missing file is one clear error and not the end of a node that runs.
  readTls(node.config);
  let stopped = false;
  let socket: WebSocket | null = null;
  let retryMs = FIRST_RETRY_MS;
  let timer: NodeJS.Timeout | undefined;
  const again = (why: { code?: number; reason: string }) => {
    if (stopped) return;
    const waitMs = retryMs + randomInt(retryMs);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    node.log.warn({ ...why, waitMs }, 'not connected to the router; trying again');
    timer = setTimeout(connect, waitMs);
  };
  const connect = () => {
    try {
      socket = dial(node, {
        ...events,
        onWelcome: (welcome, link) => {
          retryMs = FIRST_RETRY_MS;
          events.onWelcome(welcome, link);
        },
      });
    } catch (error) {
      again({ reason: error instanceof Error ? error.message : String(error) });
      return;
    }
    socket.once('close', (code, reason) => again({ code, reason: reason.toString() }));
  };
  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    socket?.close(1000, 'node stops');
  };
}

function dial(node: Dialled, events: ChannelEvents): WebSocket {
  const { config, log } = node;
  const url = new URL(CHANNEL_PATH, config.routerUrl);
  // Read anew each time: the certificate may have been renewed.
  const { ca, cert, key } = readTls(config);
  const agent = proxyFor(url);
  const socket = new WebSocket(url.href.replace(/^https/, 'wss'), {
    // Said aloud: NODE_TLS_REJECT_UNAUTHORIZED, set for something else on this machine, would let anybody in between.
    ...{ ca, cert, key, minVersion: 'TLSv1.3' as const, rejectUnauthorized: true },
    ...(agent ? { agent } : {}),
    maxPayload: MAX_SEALED_BYTES,
    handshakeTimeout: 10_000,
  });
  let session: Session | null = null;
  let welcomed = false;
  let silence: NodeJS.Timeout | undefined;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => socket.terminate(), SILENCE_MS);
  };
  const isOpen = () => socket.readyState === socket.OPEN;
  const send = (frame: Buffer) => {
    // Sealed and not sent would be a number left out.
    if (!isOpen() || !session) return;
    socket.send(session.line.seal(frame));
    if (socket.bufferedAmount > HIGH_BYTES) pauseReading(socket);
  };
  const link: Link = { send, onEnd: (end) => void socket.once('close', end) };
  // TLS has verified the router against the pinned authority by now; nothing of ours was sent before.
  socket.on('upgrade', (response) => {
    session = openSession(response);
  });
  socket.on('open', heard);
  socket.on('ping', heard);
  socket.on('close', () => clearTimeout(silence));
  socket.on('error', (error: NodeJS.ErrnoException) => {
    const { code, message: reason } = error;
    if (code && NOT_VOUCHED_FOR.includes(code))
      log.error({ code: 'authority_not_pinned', reason }, NOT_PINNED);
    else log.warn({ reason }, 'connection error');
  });
  socket.on('message', async (data: Buffer, isBinary: boolean) => {
    heard();
    try {
      if (!isBinary || !session) throw new FrameError('a text message is not one of our frames');
      const frame = decodeFrame(session.line.open(data));
      if (welcomed) {
        const reply = await events.onFrame(frame, isOpen, link);
        if (reply) send(reply);
      } else if (frame.type === 'challenge') {
        send(hello(node, parseMessage(frame, 'challenge'), session));
      } else if (frame.type === 'refused') {
        const { code, reason } = parseMessage(frame, 'refused');
        log.error({ code, reason }, 'the router refused this node');
      } else {
        const welcome = parseMessage(frame, 'welcome');
        welcomed = true;
        events.onWelcome(welcome, link);
      }
    } catch (error) {
      log.error({ reason: error instanceof Error ? error.message : String(error) }, 'closing the connection');
      socket.close(1002, 'protocol error');
    }
  });
  return socket;
}

type Session = { line: SealedLine; binding: Buffer; tlsGroup: string | null };

function openSession(response: IncomingMessage): Session {
  const tls = response.socket as TLSSocket;
  const { key, binding } = channelSecret(tls);
  return { line: new SealedLine(key, 'node'), binding, tlsGroup: tlsGroupOf(tls) };
}

/** The key agreement that was negotiated, e.g. "X25519MLKEM768"; null where Node does not say. */
export function tlsGroupOf(tls: TLSSocket): string | null {
  const info = tls.getEphemeralKeyInfo();
  return info && 'name' in info && typeof info.name === 'string' ? info.name : null;
}

function pauseReading(socket: WebSocket): void {
  if (socket.isPaused) return;
  socket.pause();
  const timer = setInterval(() => {
    if (socket.bufferedAmount > HIGH_BYTES && socket.readyState === socket.OPEN) return;
    clearInterval(timer);
    socket.resume();
  }, LOOK_MS);
}

/** Says who this node is, to the router it has pinned and to no other. */
function hello(
  { config, identity, spendLog, capabilities }: Dialled,
  challenge: Message<'challenge'>,
  { binding, tlsGroup }: Session,
): Buffer {
  if (challenge.routerKey !== config.routerKey)
    throw new FrameError('this is not the router this node has pinned');
  const identityKey = rawPublicKey(identity).toString('hex');
  const { nodeId, shards, lanes, minCohort, minCollude, minSigmaLocal } = config;
  const left = BigInt(config.limitRhoPico) - spendLog.totalRhoPico;
  const signature = signHello({ ...challenge, binding, nodeId, identityKey }, identity);
  return encodeFrame('hello', {
    nodeId,
    identityKey,
    shards,
    lanes,
    ledgerEpoch: spendLog.ledgerEpoch,
    lastSeq: spendLog.lastSeq,
    leftRhoPico: String(left > 0n ? left : 0n),
    conditions: { minCohort, minCollude, minSigmaLocal },
    clockMs: Date.now(),
    build: NODE_BUILD,
    tlsGroup,
    engine: announced(capabilities),
    signature,
  });
}
