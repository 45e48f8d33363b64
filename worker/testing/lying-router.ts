import { createLogger } from '#lib/log';
import { decodeFrame, encodeFrame } from '#lib/nodes/frame';
import { type Message, parseMessage } from '#lib/nodes/messages';
import type { Contribution, NodeChannel, RoundCall } from '#lib/nodes/node-channel';
import { headerHash, type RoundHeader } from '#lib/nodes/round-header';
import { routerEnv } from '../audit/federation.ts';
import type { RouterContext } from '../router/context.ts';
import { MECHANISMS } from '../router/mechanisms/index.ts';
import type { Mechanism, Mechanisms } from '../router/mechanisms/mechanism.ts';
import type { NodeRegistry } from '../router/nodes/registry.ts';
import type { Plan } from '../router/stages/plan.ts';
import { STAGES } from '../router/stages/stage-set.ts';
import { startRouter } from '../router/start-router.ts';
import { loadKeys } from '../supervisor/keys.ts';
import { waitForNodes } from '../supervisor/start-federation.ts';
import type { TestFederation } from './federation.ts';

/** What a router that has its keys and its hospitals' trust may do other than it should. Each is optional. */
export type Lie = {
  /** What it plans, after the debit. */
  plan?: (plan: Plan, context: RouterContext) => Plan;
  /** What it sends to a node in a round. */
  round?: (call: RoundCall, nodeId: string, context: RouterContext) => RoundCall | Promise<RoundCall>;
  /** What it asks a survivor to sign. */
  agree?: (
    call: Message<'survivors'>,
    channel: NodeChannel,
    signal: AbortSignal,
  ) => Promise<Message<'agreement'>>;
  /** What a hospital in league with nobody sends instead of its vector. */
  contribution?: (given: Contribution) => Contribution;
};

export type LyingRouter = {
  tell: (lie: Lie) => void;
  stop: () => Promise<void>;
};

/**
 * Runs the product's router in this process, in place of the federation's own, over real sockets to the real hospitals.
 * Between it and them stands the lie.
 */
export async function startLyingRouter(federation: TestFederation): Promise<LyingRouter> {
  await federation.router.stop();
  let lie: Lie = {};
  const wrap = <M extends Mechanism<never>>(mechanism: M): M => ({
    ...mechanism,
    answer: (context: RouterContext, plan: Plan<never>, ...rest: [never, never]) =>
      mechanism.answer(
        { ...context, nodes: lyingNodes(context, lie) },
        (lie.plan ? lie.plan(plan, context) : plan) as Plan<never>,
        ...rest,
      ),
  });
  const mechanisms = Object.fromEntries(
    Object.entries(MECHANISMS).map(([name, mechanism]) => [name, wrap(mechanism as Mechanism<never>)]),
  ) as unknown as Mechanisms;
  const log = createLogger('router');
  log.level = 'silent';
  const { apiPort, channelPort, dataDir, database } = federation;
  const keys = loadKeys(`${dataDir}/keys`);
  const env = routerEnv({ databaseUrl: database.url, dataDir, apiPort, channelPort, keys });
  const stop = await startRouter(env, log, { ...STAGES, mechanisms });
  await waitForNodes([...federation.nodes.values()][0]!, apiPort, federation.nodes.size);
  return {
    tell: (next) => {
      lie = next;
    },
    stop,
  };
}

/** The same round with another header, signed as the router signs. */
export async function resigned(
  context: RouterContext,
  call: RoundCall,
  change: object,
  signed?: (h: Uint8Array) => Message<'round'>['signed'],
): Promise<RoundCall> {
  const round = parseMessage(decodeFrame(call.frame), 'round');
  const header = { ...round.header, ...change } as RoundHeader;
  const h = headerHash(header);
  const frame = encodeFrame('round', {
    ...round,
    header,
    signed: signed ? signed(h) : await context.signHeader(h),
  });
  return { header, h: Buffer.from(h).toString('hex'), frame };
}

function lyingNodes(context: RouterContext, lie: Lie): NodeRegistry {
  const get = (nodeId: string) => {
    const channel = context.nodes.get(nodeId);
    return channel && lyingChannel(context, channel, lie);
  };
  // Nobody rests: the next lie is told to the same hospitals.
  return { get, rest: () => {} } as unknown as NodeRegistry;
}

function lyingChannel(context: RouterContext, channel: NodeChannel, lie: Lie): NodeChannel {
  const { round = (call) => call, contribution = (given) => given, agree } = lie;
  return {
    facts: channel.facts,
    round: async (call: RoundCall, signal: AbortSignal) =>
      contribution(await channel.round(await round(call, channel.facts.nodeId, context), signal)),
    agree: (call: Message<'survivors'>, signal: AbortSignal) =>
      agree ? agree(call, channel, signal) : channel.agree(call, signal),
    unmask: (call: Message<'signedSurvivors'>, signal: AbortSignal) => channel.unmask(call, signal),
  } as NodeChannel;
}
