import type { KeyObject } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Server } from 'node:https';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { type WebSocket, WebSocketServer } from 'ws';
import { publicKeyFromRaw, rawPublicKey } from '#lib/crypto/key-files';
import { CHANNEL_PATH } from '#lib/nodes/channel-path';
import { decodeFrame, encodeFrame, type Frame, FrameError } from '#lib/nodes/frame';
import { parseMessage } from '#lib/nodes/messages';
import { NodeGoneError } from '#lib/nodes/node-channel';
import { isAttemptCode, recordAttempt } from '#lib/nodes/onboarding/attempt-codes';
import { checkPeer, type Peer } from '#lib/nodes/pki/check-peer';
import { type ChannelSecret, channelSecret, MAX_SEALED_BYTES, SealedLine } from '#lib/nodes/sealed-line';
import type { RouterContext } from '../context.ts';
import { recordRefusedRound } from '../stages/record-refused-round.ts';
import { admitConnection, ConnectionRefusedError, SpendLogBehindError } from './admit-connection.ts';
import { type CaughtUp, catchUp, ReceiptGapError } from './catch-up.ts';
import type { ChannelTrust } from './channel-trust.ts';
import { keepLateReceipt } from './keep-late-receipt.ts';
import { offerPeers } from './offer-peers.ts';
import { type OpenConnection, OpenConnections } from './open-connections.ts';
import type { Connection } from './probe-recorder.ts';
import { clearReceiptGap, raiseReceiptGap } from './raise-receipt-gap.ts';
import { readHello } from './read-hello.ts';
import { BrokenChainError, ReceiptIntake } from './receipt-intake.ts';
import { knownCode, recordNodeRefusal } from './record-node-refusal.ts';
import { renewCertificate } from './renew-certificate.ts';
import { type ChannelSocket, SealedSocket } from './sealed-socket.ts';
import { takeIntoCohorts, watchNodes } from './watch-nodes.ts';
import { WsNodeChannel } from './ws-node-channel.ts';

const HELLO_TIMEOUT_MS = 10_000;
const HEARTBEAT_MS = 10_000;
const PROBE_MS = 5_000;
const RECEIPTS_TIMEOUT_MS = 10_000;
const CLOSE_PROTOCOL_ERROR = 1002;
const CLOSE_POLICY = 1008;

/** Lets nodes dial in over mutual TLS. Returns a function that ends every connection and waits until each is gone. */
export function serveChannels(
  server: Server,
  context: RouterContext,
  trust: ChannelTrust,
): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_SEALED_BYTES });
  const connections = new OpenConnections();
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Node takes its own listener away at an upgrade: a reset by the peer would end the process.
    const onReset = () => socket.destroy();
    socket.on('error', onReset);
    const turnAway = () => void socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
    // Not parsed as a URL: what a stranger sends need not be one.
    if (request.url?.split('?')[0] !== CHANNEL_PATH) return turnAway();
    const tls = socket as TLSSocket;
    knownPeer(context, trust, tls).then(
      (peer) => {
        if (!peer || socket.destroyed) return turnAway();
        socket.off('error', onReset);
        sockets.handleUpgrade(request, socket, head, (ws) =>
          greet(ws, { peer, secret: channelSecret(tls), trust, connections }, context),
        );
      },
      (error: unknown) => {
        context.log.error({ err: error }, 'a certificate was not checked');
        turnAway();
      },
    );
  });
  const stopWatching = watchNodes(context, connections);
  return async () => {
    stopWatching();
    const open = [...sockets.clients];
    const gone = open.map((ws) => new Promise((done) => ws.once('close', done)));
    for (const ws of open) ws.terminate();
    sockets.close();
    await Promise.all(gone);
  };
}

/** Who dials, by a certificate that counts; null for everybody else. The reason stays here, with whoever it names. */
async function knownPeer(context: RouterContext, trust: ChannelTrust, tls: TLSSocket): Promise<Peer | null> {
  const peer = await checkPeer(context.pool, tls, trust.federationId, new Date());
  if (!('fault' in peer)) return peer;
  context.log.warn({ code: peer.fault }, 'a connection was turned away');
  const { nodeId = null, fault: code } = peer;
  if (nodeId && isAttemptCode(code)) await recordAttempt(context.pool, nodeId, code);
  await recordNodeRefusal(context, { nodeId, where: 'door', code });
  return null;
}

type Caller = { peer: Peer; secret: ChannelSecret; trust: ChannelTrust; connections: OpenConnections };

/** Challenge, hello, welcome; then frames until the connection ends. */
function greet(
  socket: WebSocket,
  { peer, secret, trust, connections }: Caller,
  context: RouterContext,
): void {
  const line = new SealedLine(secret.key, 'router');
  const ws = new SealedSocket(socket, line);
  const routerKey = rawPublicKey(context.keys.identity).toString('hex');
  const { nodeId } = peer;
  let control: ((frame: Frame) => Promise<boolean>) | null = null;
  let channel: WsNodeChannel | null = null;
  let greeting = false;
  const timeout = setTimeout(() => ws.close(CLOSE_POLICY, 'no hello'), HELLO_TIMEOUT_MS);
  const stopHeartbeat = heartbeat(socket);

  socket.on('error', (error) =>
    context.log.warn({ node: channel?.facts.name, reason: error.message }, 'node connection error'),
  );
  ws.on('close', () => {
    clearTimeout(timeout);
    stopHeartbeat();
    if (!channel) return;
    context.nodes.remove(channel);
    context.log.info({ node: channel.facts.name }, 'node disconnected');
  });
  socket.on('message', async (data: Buffer, isBinary: boolean) => {
    try {
      if (!isBinary) throw new FrameError('a text message is not one of our frames');
      const frame = decodeFrame(line.open(data));
      if (channel) {
        if (!(await control?.(frame))) channel.receive(frame);
        return;
      }
      if (greeting) throw new FrameError('a node waits for its welcome');
      greeting = true;
      const hello = readHello(frame);
      const { facts, state } = await admitConnection(
        context.pool,
        peer,
        hello,
        { binding: secret.binding, routerKey },
        context.ledgerEpoch,
        context.protection.availability,
      );
      clearTimeout(timeout);
      if (ws.readyState !== ws.OPEN) return;
      const { build, tlsGroup, engine } = hello;
      const connection = { nodeId, build, tlsGroup, engine };
      const { probes } = context;
      const identity = publicKeyFromRaw(Buffer.from(hello.identityKey, 'hex'));
      const intake = new ReceiptIntake(nodeId, identity, hello.lastSeq);
      channel = new WsNodeChannel(ws, facts, intake, {
        onProbe: (outcome) => {
          probes.probed(connection, outcome);
          context.nodes.probed(facts.nodeId, outcome !== null);
        },
        onLateReceipt: (signed) => void keepLateReceipt(context, facts, signed),
        onLateRefusal: (requestId, code) => void recordRefusedRound(context, { nodeId, requestId, code }),
        onUnmaskingRefused: (code) =>
          void recordNodeRefusal(context, { nodeId, where: 'unmasking', code: knownCode(code) }),
        onAnnounce: (announced) => {
          context.keyDirectory.announced(facts.nodeId, announced);
          probes.pinned(connection, announced.pinned);
        },
        onPairs: (pairs) => {
          context.keyDirectory.paired(facts.nodeId, pairs);
          probes.pinned(connection, pairs.pinned);
        },
      });
      const open: OpenConnection = {
        ...peer,
        state,
        channel,
        ready: false,
        asked: false,
        leaveDirectory: () => {},
        send: (bytes) => ws.send(bytes),
        end: (code) => ws.close(CLOSE_POLICY, code),
      };
      control = controlOf(context, trust, connection, open);
      connections.add(open);
      probes.connected(connection);
      ws.on('close', () => {
        connections.remove(open);
        open.leaveDirectory();
        probes.disconnected(connection);
      });
      ws.send(encodeFrame('welcome', { state, ledgerEpoch: context.ledgerEpoch }));
      const { head } = await catchUpWith(context, channel, { nodeId, identity, lastSeq: hello.lastSeq });
      intake.startAfter(head);
      await clearReceiptGap(context, nodeId);
      if (ws.readyState !== ws.OPEN) return;
      open.ready = true;
      takeIntoCohorts(context, open);
      startProbing(ws, channel);
      await offerPeers(context.pool, [open]);
      context.log.info(
        { node: facts.name, state: open.state, shards: facts.shards, conditions: facts.conditions, tlsGroup },
        'node connected',
      );
    } catch (error) {
      if (isGap(error)) await raiseReceiptGap(context, nodeId, error.seq);
      const code = refusalCode(error);
      if (code) await recordNodeRefusal(context, { nodeId, where: 'door', code });
      if (error instanceof ConnectionRefusedError && isAttemptCode(error.code))
        await recordAttempt(context.pool, nodeId, error.code, error.facts).catch(() => {});
      refuse(ws, error, context, channel?.facts.name);
    }
  });
  ws.send(encodeFrame('challenge', { routerKey }));
}

/** Frames that are about the node itself and not about a question. Says whether it was one. */
function controlOf(
  context: RouterContext,
  trust: ChannelTrust,
  connection: Connection,
  open: OpenConnection,
): (frame: Frame) => Promise<boolean> {
  return async (frame) => {
    if (frame.type === 'telemetry') {
      context.probes.heard(connection, parseMessage(frame, 'telemetry'));
      return true;
    }
    if (frame.type !== 'certificateRequest') return false;
    const request = parseMessage(frame, 'certificateRequest');
    open.send(await renewCertificate(context, trust, open.nodeId, request));
    return true;
  };
}

/** The ledger knows all that a node has spent before the node is asked again. */
async function catchUpWith(
  context: RouterContext,
  channel: WsNodeChannel,
  behind: { nodeId: string; identity: KeyObject; lastSeq: number },
): Promise<CaughtUp> {
  const page = (after: number) => channel.receiptsAfter(after, AbortSignal.timeout(RECEIPTS_TIMEOUT_MS));
  const caughtUp = await catchUp(context.pool, { ...behind, page }, new Date());
  const { added, adjustedRequests } = caughtUp;
  if (added === 0) return caughtUp;
  const { name: node } = channel.facts;
  context.log.warn(
    { node, added, adjustedRequests },
    'the ledger lacked receipts of this node; it has them now',
  );
  return caughtUp;
}

/** Receipts that the node does not show or signed otherwise before, or a spend log that ends before what the ledger holds. */
function isGap(error: unknown): error is ReceiptGapError | SpendLogBehindError | BrokenChainError {
  return [ReceiptGapError, SpendLogBehindError, BrokenChainError].some((kind) => error instanceof kind);
}

function refusalCode(error: unknown): string | null {
  if (error instanceof ConnectionRefusedError) return error.code;
  return error instanceof ReceiptGapError ? 'receipt_gap' : null;
}

function refuse(ws: ChannelSocket, error: unknown, context: RouterContext, node: string | undefined): void {
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

function startProbing(ws: ChannelSocket, channel: WsNodeChannel): void {
  channel.probe();
  const timer = setInterval(() => channel.probe(), PROBE_MS);
  ws.on('close', () => clearInterval(timer));
}
