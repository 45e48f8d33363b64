import { ExhaustedError, ForbiddenError, UnavailableError, UnprocessableError } from '#lib/errors';
import { type Account, findAccounts, type Owner, remainingRhoPico } from '#lib/ledger/accounts';
import { periodOf } from '#lib/ledger/period';
import type { NodeFacts } from '#lib/nodes/node-channel';
import { type Candidate, type CohortChoice, chooseCohort, MIN_COHORT } from '#lib/planner/choose-cohort';
import { protectionOf } from '#lib/planner/protection';
import { formatRho } from '#lib/privacy/pico-rho';
import type { RouterContext } from '../context.ts';
import { type Asked, mechanismOf, type Offer } from '../mechanisms/mechanism.ts';
import type { FederatedQuery } from '../query.ts';
import type { Allowed } from './policy.ts';

/** Who is asked and whose budgets it costs. */
export type Plan<Q extends FederatedQuery = FederatedQuery> = {
  query: Q;
  cohort: Candidate[];
  shards: number;
  /** The cohort as price and masking see it. */
  asked: Asked;
  /** Policy accounts of the caller and the dataset accounts of the cohort. */
  accounts: Account[];
  offer: Offer;
};

/** The plan or, for a quote, what stands in its way. Looks at public facts only. */
export type Outlook = {
  choice: CohortChoice;
  accounts: Account[];
  asked: Asked;
  offer: Offer;
};

export async function outlook(context: RouterContext, { query, eligible }: Allowed): Promise<Outlook> {
  const connected = eligible.flatMap((node) => {
    const channel = context.nodes.candidate(node.nodeId);
    return channel && canAnswer(channel.facts, query) ? [{ ...node, facts: channel.facts }] : [];
  });
  const { actor } = query.caller;
  const owners: Owner[] = [
    { kind: 'user', ownerId: actor.userId },
    { kind: 'department', ownerId: actor.departmentId },
    { kind: 'organisation', ownerId: actor.organisationId },
    ...connected.map((node): Owner => ({ kind: 'dataset', ownerId: node.datasetId })),
  ];
  const accounts = await findAccounts(context.pool, owners, periodOf(new Date()));
  const datasets = new Map(accounts.filter(isDataset).map((account) => [account.ownerId, account]));
  const candidates = connected.map((node): Candidate => {
    const account = datasets.get(node.datasetId)!;
    const remaining = account.state === 'open' ? remainingRhoPico(account) : 0n;
    const { probeMs, leftRhoPico, availability, conditions } = node.facts;
    return {
      nodeId: node.nodeId,
      datasetId: node.datasetId,
      shards: node.shards,
      probeMs,
      availability,
      conditions,
      // A node's own count can be ahead of the ledger's: a vote that no consensus let through is given back here alone.
      remainingRhoPico: remaining < leftRhoPico ? remaining : leftRhoPico,
    };
  });
  const mechanism = mechanismOf(context, query);
  const choose = (from: readonly Candidate[]) =>
    chooseCohort(from, {
      minCohort: minCohortOf(context),
      rhoPicoOf: (cohort) => mechanism.offer(query, askedOf(context, cohort)).rhoPico,
      isUseful: (cohort) => mechanism.isUseful(query, askedOf(context, cohort)),
      termsOf: (cohort) => {
        const asked = askedOf(context, cohort);
        const sigma2Local = mechanism.sigma2Local?.(query, asked) ?? null;
        return { ...asked, minCohort: minCohortOf(context), sigma2Local };
      },
      areTogether: (a, b) => context.keyDirectory.areTogether(a, b),
    });
  // Nodes that came back a short while ago are spared, unless the question cannot be answered without them.
  const spared = choose(candidates.filter(({ nodeId }) => context.nodes.hasShare(nodeId, query.requestId)));
  let choice = spared.kind === 'chosen' ? spared : choose(candidates);
  // Nodes that have just come, or begun a new epoch, may still be agreeing on their keys.
  if (choice.kind !== 'chosen' && (await context.keyDirectory.settled(connected.map(({ nodeId }) => nodeId))))
    choice = choose(candidates);
  const cohort = choice.kind === 'chosen' || choice.kind === 'not_useful' ? choice.cohort : candidates;
  const asked = askedOf(context, cohort);
  const datasetsAsked = new Set(cohort.map((candidate) => candidate.datasetId));
  return {
    choice,
    asked,
    accounts: accounts.filter((account) => !isDataset(account) || datasetsAsked.has(account.ownerId)),
    offer: mechanism.offer(query, asked),
  };
}

function askedOf({ protection: { maxCollude } }: RouterContext, cohort: readonly Candidate[]): Asked {
  const shards = cohort.reduce((sum, candidate) => sum + candidate.shards, 0);
  const availabilities = cohort.map(({ availability }) => availability);
  return { ...protectionOf(availabilities, maxCollude), shards };
}

/** With so many in league, one member's vector is hidden among two others' at least. */
export function minCohortOf({ protection: { maxCollude } }: RouterContext): number {
  return Math.max(MIN_COHORT, maxCollude + 2);
}

/** Picks the cohort, or refuses with what would suffice. Nothing is charged here. */
export async function plan(context: RouterContext, allowed: Allowed): Promise<Plan> {
  const { choice, asked, accounts, offer } = await outlook(context, allowed);
  const { query } = allowed;
  const required = minCohortOf(context);
  switch (choice.kind) {
    case 'chosen':
      return { query, cohort: choice.cohort, shards: asked.shards, asked, accounts, offer };
    case 'too_small':
      throw new UnavailableError(
        `A private answer needs at least ${required} hospitals that answer together and ${choice.available} can give this kind of answer now. Nothing was charged.`,
        {
          code: 'cohort_too_small',
          extra: { available: choice.available, required, charged: false },
        },
      );
    case 'exhausted':
      throw new ExhaustedError(
        `Only ${choice.affordable} of the hospitals have rho ${formatRho(query.rhoPico)} of budget left and ${required} are needed. Nothing was charged.`,
        { code: 'privacy_budget_exhausted', extra: { account: { kind: 'dataset' }, charged: false } },
      );
    case 'conditions_unmet':
      throw new ForbiddenError(
        `Only ${choice.willing} of the hospitals answer a question like this and ${required} are needed: the others ask for more noise of their own, or reckon with more hospitals in league, or with a larger cohort. ${query.mode === 'gaussian' ? 'A smaller epsilon has more noise, and mode "exact" none of theirs. ' : ''}Nothing was charged.`,
        {
          code: 'conditions_unmet',
          extra: { willing: choice.willing, required, charged: false },
        },
      );
    case 'not_useful': {
      const { useful: _, ...worth } = mechanismOf(context, query).usefulness(query, asked);
      throw new UnprocessableError(
        `${mechanismOf(context, query).notUseful(query, asked)} ${keptOut(choice.others)}Nothing was charged.`,
        {
          code: 'epsilon_not_useful',
          param: 'privacy.epsilon',
          extra: { shards: asked.shards, ...worth, charged: false },
        },
      );
    }
  }
}

function keptOut(others: number): string {
  if (others === 0) return '';
  return `${others} more ${others === 1 ? 'hospital is' : 'hospitals are'} kept out by conditions of their own. `;
}

/**
 * Short answers need the same model everywhere, its exact scores, and scores that do not depend on what else it is
 * working on; a vote needs no model at all.
 */
function canAnswer({ engine }: NodeFacts, query: FederatedQuery): boolean {
  if (query.mechanism !== 'short-answer') return true;
  return engine.modelId === query.model && engine.exactScores && engine.batchInvariant;
}

function isDataset(account: Account): boolean {
  return account.kind === 'dataset';
}
