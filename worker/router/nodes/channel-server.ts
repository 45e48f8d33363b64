import { type KeyObject, randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { publicKeyFromRaw, rawPublicKey } from '#lib/crypto/key-files';
import { decodeFrame, encodeFrame, FrameError, MAX_FRAME_BYTES } from '#lib/nodes/frame';
import { parseMessage } from '#lib/nodes/messages';
import { NodeGoneError } from '#lib/nodes/node-channel';
import type { RouterContext } from '../context.ts';
import { admitConnection, ConnectionRefusedError, SpendLogBehindError } from './admit-connection.ts';
import { catchUp, ReceiptGapError } from './catch-up.ts';
import { keepLateReceipt } from './keep-late-receipt.ts';
import { raiseReceiptGap } from './raise-receipt-gap.ts';
import { ReceiptIntake } from './receipt-intake.ts';
import { WsNodeChannel } from './ws-node-channel.ts';

export const CHANNEL_PATH = '/v1/nodes/channel';
const HELLO_TIMEOUT_MS = 10_000;
const HEARTBEAT_MS = 10_000;
const PROBE_MS = 5_000;
const RECEIPTS_TIMEOUT_MS = 10_000;
const CLOSE_PROTOCOL_ERROR = 1002;
const CLOSE_POLICY = 1008;

/** Lets nodes dial in on the API's port. Returns a function that ends every connection and waits until each is gone. */
export function serveChannels(server: Server, context: RouterContext): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Node takes its own listener away at an upgrade: a reset by the peer would end the process.
    const onReset = () => socket.destroy();
    socket.on('error', onReset);
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    // Not parsed as a URL: what a stranger sends need not be one.
    if (request.url?.split('?')[0] !== CHANNEL_PATH || !token) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    socket.off('error', onReset);
    sockets.handleUpgrade(request, socket, head, (ws) => greet(ws, token, context));
  });
  return async () => {
    const open = [...sockets.clients];
    const gone = open.map((ws) => new Promise((done) => ws.once('close', done)));
    for (const ws of open) ws.terminate();
    sockets.close();
    await Promise.all(gone);
  };
}

/** Challenge, hello, welcome; then frames until the connection ends. */
function greet(ws: WebSocket, token: string, context: RouterContext): void {
  const challenge = {
    nonce: randomBytes(32).toString('hex'),
    routerKey: rawPublicKey(context.keys.identity).toString('hex'),
  };
  let channel: WsNodeChannel | null = null;
  let greeting = false;
  let nodeId: string | null = null;
  const timeout = setTimeout(() => ws.close(CLOSE_POLICY, 'no hello'), HELLO_TIMEOUT_MS);
  const stopHeartbeat = heartbeat(ws);

  ws.on('error', (error) =>
    context.log.warn({ node: channel?.facts.name, reason: error.message }, 'node connection error'),
  );
  ws.on('close', () => {
    clearTimeout(timeout);
    stopHeartbeat();
    if (!channel) return;
    context.nodes.remove(channel);
    context.log.info({ node: channel.facts.name }, 'node disconnected');
  });
  ws.on('message', async (data: Buffer, isBinary: boolean) => {
    try {
      if (!isBinary) throw new FrameError('a text message is not one of our frames');
      const frame = decodeFrame(data);
      if (channel) return channel.receive(frame);
      if (greeting) throw new FrameError('a node waits for its welcome');
      greeting = true;
      const hello = parseMessage(frame, 'hello');
      nodeId = hello.nodeId;
      const { facts, state } = await admitConnection(
        context.pool,
        token,
        hello,
        challenge,
        context.ledgerEpoch,
      );
      clearTimeout(timeout);
      if (ws.readyState !== ws.OPEN) return;
      const connection = { nodeId: facts.nodeId, build: hello.build };
      const { probes } = context;
      const identity = publicKeyFromRaw(Buffer.from(hello.identityKey, 'hex'));
      channel = new WsNodeChannel(ws, facts, new ReceiptIntake(nodeId, identity, hello.lastSeq), {
        onProbe: (outcome) => {
          probes.probed(connection, outcome);
          context.nodes.probed(facts.nodeId, outcome !== null);
        },
        onLateReceipt: (signed) => void keepLateReceipt(context, facts, signed),
      });
      probes.connected(connection);
      ws.on('close', () => probes.disconnected(connection));
      ws.send(encodeFrame('welcome', { state, ledgerEpoch: context.ledgerEpoch }));
      await catchUpWith(context, channel, { nodeId, identity, lastSeq: hello.lastSeq });
      if (ws.readyState !== ws.OPEN) return;
      if (state === 'admitted') context.nodes.add(channel);
      startProbing(ws, channel);
      context.log.info({ node: facts.name, state, shards: facts.shards }, 'node connected');
    } catch (error) {
      if (nodeId && isGap(error)) await raiseReceiptGap(context, nodeId, error.seq);
      refuse(ws, error, context, channel?.facts.name);
    }
  });
  ws.send(encodeFrame('challenge', challenge));
}

/** The ledger knows all that a node has spent before the node is asked again. */
async function catchUpWith(
  context: RouterContext,
  channel: WsNodeChannel,
  behind: { nodeId: string; identity: KeyObject; lastSeq: number },
): Promise<void> {
  const page = (after: number) => channel.receiptsAfter(after, AbortSignal.timeout(RECEIPTS_TIMEOUT_MS));
  const { added, adjustedRequests } = await catchUp(context.pool, { ...behind, page }, new Date());
  if (added === 0) return;
  const { name: node } = channel.facts;
  context.log.warn(
    { node, added, adjustedRequests },
    'the ledger lacked receipts of this node; it has them now',
  );
}

/** Receipts that the node does not show, or a spend log that ends before what the ledger holds of it. */
function isGap(error: unknown): error is ReceiptGapError | SpendLogBehindError {
  return error instanceof ReceiptGapError || error instanceof SpendLogBehindError;
}

function refuse(ws: WebSocket, error: unknown, context: RouterContext, node: string | undefined): void {
  if (error instanceof ConnectionRefusedError) {
    context.log.warn({ code: error.code }, 'node refused');
    ws.send(encodeFrame('refused', { code: error.code, reason: error.message }));
    ws.close(CLOSE_POLICY, error.code);
  } else if (error instanceof ReceiptGapError) {
    context.log.error({ node, reason: error.message }, 'receipts of a node are missing; it is not asked');
    ws.close(CLOSE_POLICY, 'receipt_gap');
  } else if (error instanceof NodeGoneError) {
    // It hung up while it was being let in.
  } else if (error instanceof FrameError) {
    context.log.warn({ node, reason: error.message }, 'bad frame from a node; connection closed');
    // A constant: the detail may quote the peer, in more bytes than a close frame holds. It is in the log.
    ws.close(CLOSE_PROTOCOL_ERROR, 'protocol error');
  } else {
    context.log.error({ node, err: error }, 'node connection failed');
    ws.close(1011, 'internal error');
  }
}

function heartbeat(ws: WebSocket): () => void {
  let alive = true;
  ws.on('pong', () => {
    alive = true;
  });
  const timer = setInterval(() => {
    if (!alive) return ws.terminate();
    alive = false;
    ws.ping();
  }, HEARTBEAT_MS);
  return () => clearInterval(timer);
}

function startProbing(ws: WebSocket, channel: WsNodeChannel): void {
  channel.probe();
  const timer = setInterval(() => channel.probe(), PROBE_MS);
  ws.on('close', () => clearInterval(timer));
}
