import { type KeyObject, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { rawPublicKey } from '#lib/crypto/key-files';
import type { Logger } from '#lib/log';
import { decodeFrame, encodeFrame, type Frame, FrameError, MAX_FRAME_BYTES } from '#lib/nodes/frame';
import { signHello } from '#lib/nodes/identity-proof';
import { type Message, parseMessage } from '#lib/nodes/messages';
import type { NodeConfig } from '../config.ts';
import { announced, type EngineCapabilities } from '../engine/engine.ts';
import type { SpendLog } from '../guard/spend-log.ts';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 15_000;
const SILENCE_MS = 30_000;

export type ChannelEvents = {
  onWelcome: (welcome: Message<'welcome'>) => void;
  /** Takes a frame and gives what to send back, or null. `isOpen`: whether it could still be sent. */
  onFrame: (frame: Frame, isOpen: () => boolean) => Promise<Buffer | null>;
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
  const token = readFileSync(node.config.tokenFile, 'utf8').trim();
  let stopped = false;
  let socket: WebSocket | null = null;
  let retryMs = FIRST_RETRY_MS;
  let timer: NodeJS.Timeout | undefined;
  const connect = () => {
    socket = dial(node, token, {
      ...events,
      onWelcome: (welcome) => {
        retryMs = FIRST_RETRY_MS;
        events.onWelcome(welcome);
      },
    });
    socket.once('close', (code, reason) => {
      if (stopped) return;
      const waitMs = retryMs + randomInt(retryMs);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
      node.log.warn({ code, reason: reason.toString(), waitMs }, 'not connected to the router; trying again');
      timer = setTimeout(connect, waitMs);
    });
  };
  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    socket?.close(1000, 'node stops');
  };
}

function dial(node: Dialled, token: string, events: ChannelEvents): WebSocket {
  const { config, log } = node;
  const socket = new WebSocket(config.routerUrl, {
    headers: { authorization: `Bearer ${token}` },
    maxPayload: MAX_FRAME_BYTES,
    handshakeTimeout: 10_000,
  });
  let welcomed = false;
  let silence: NodeJS.Timeout | undefined;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => socket.terminate(), SILENCE_MS);
  };
  socket.on('open', heard);
  socket.on('ping', heard);
  socket.on('close', () => clearTimeout(silence));
  socket.on('error', (error) => log.debug({ reason: error.message }, 'connection error'));
  socket.on('message', async (data: Buffer, isBinary: boolean) => {
    heard();
    try {
      if (!isBinary) throw new FrameError('a text message is not one of our frames');
      const frame = decodeFrame(data);
      if (welcomed) {
        const isOpen = () => socket.readyState === socket.OPEN;
        const reply = await events.onFrame(frame, isOpen);
        if (reply && isOpen()) socket.send(reply);
      } else if (frame.type === 'challenge') {
        socket.send(hello(node, parseMessage(frame, 'challenge')));
      } else if (frame.type === 'refused') {
        const { code, reason } = parseMessage(frame, 'refused');
        log.error({ code, reason }, 'the router refused this node');
      } else {
        const welcome = parseMessage(frame, 'welcome');
        welcomed = true;
        events.onWelcome(welcome);
      }
    } catch (error) {
      log.error({ reason: error instanceof Error ? error.message : String(error) }, 'closing the connection');
      socket.close(1002, 'protocol error');
    }
  });
  return socket;
}

/** Says who this node is, to the router it has pinned and to no other. */
function hello(
  { config, identity, spendLog, capabilities }: Dialled,
  challenge: Message<'challenge'>,
): Buffer {
  if (challenge.routerKey !== config.routerKey)
    throw new FrameError('this is not the router this node has pinned');
  const identityKey = rawPublicKey(identity).toString('hex');
  const { nodeId, shards, lanes } = config;
  const left = BigInt(config.limitRhoPico) - spendLog.totalRhoPico;
  const signature = signHello({ ...challenge, nodeId, identityKey }, identity);
  return encodeFrame('hello', {
    nodeId,
    identityKey,
    shards,
    lanes,
    ledgerEpoch: spendLog.ledgerEpoch,
    lastSeq: spendLog.lastSeq,
    leftRhoPico: String(left > 0n ? left : 0n),
    clockMs: Date.now(),
    build: 'fdlr-node 0.1.0',
    engine: announced(capabilities),
    signature,
  });
}
