import { ExhaustedError, UnavailableError, UnprocessableError } from '#lib/errors';
import { type Account, findAccounts, type Owner, remainingRhoPico } from '#lib/ledger/accounts';
import { periodOf } from '#lib/ledger/period';
import { type Candidate, type CohortChoice, chooseCohort, MIN_COHORT } from '#lib/planner/choose-cohort';
import { formatRho } from '#lib/privacy/pico-rho';
import { type VoteUsefulness, voteUsefulness } from '#lib/privacy/usefulness/vote-usefulness';
import type { RouterContext } from '../context.ts';
import type { FederatedVote } from '../query.ts';
import type { Allowed } from './policy.ts';

/** Who is asked and whose budgets it costs. */
export type Plan = {
  query: FederatedVote;
  cohort: Candidate[];
  shards: number;
  /** Policy accounts of the caller and the dataset accounts of the cohort. */
  accounts: Account[];
  usefulness: VoteUsefulness;
};

/** The plan or, for a quote, what stands in its way. Looks at public facts only. */
export type Outlook = {
  choice: CohortChoice;
  accounts: Account[];
  shards: number;
  nodes: number;
  usefulness: VoteUsefulness;
};

export async function outlook(context: RouterContext, { query, eligible }: Allowed): Promise<Outlook> {
  const connected = eligible.flatMap((node) => {
    const channel = context.nodes.get(node.nodeId);
    return channel ? [{ ...node, probeMs: channel.facts.probeMs }] : [];
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
    return {
      nodeId: node.nodeId,
      datasetId: node.datasetId,
      shards: node.shards,
      probeMs: node.probeMs,
      remainingRhoPico: remaining,
    };
  });
  const judge = (shards: number) =>
    voteUsefulness({ labelCount: query.labels.length, shards, epsilon: query.epsilon, delta: query.delta });
  const choice = chooseCohort(candidates, query.rhoPico, (shards) => judge(shards).useful);
  const cohort = choice.kind === 'chosen' ? choice.cohort : candidates;
  const shards = cohort.reduce((sum, candidate) => sum + candidate.shards, 0);
  const asked = new Set(cohort.map((candidate) => candidate.datasetId));
  return {
    choice,
    shards,
    nodes: cohort.length,
    accounts: accounts.filter((account) => !isDataset(account) || asked.has(account.ownerId)),
    usefulness: judge(Math.max(1, shards)),
  };
}

/** Picks the cohort, or refuses with what would suffice. Nothing is charged here. */
export async function plan(context: RouterContext, allowed: Allowed): Promise<Plan> {
  const { choice, shards, accounts, usefulness } = await outlook(context, allowed);
  const { query } = allowed;
  switch (choice.kind) {
    case 'chosen':
      return { query, cohort: choice.cohort, shards, accounts, usefulness };
    case 'too_small':
      throw new UnavailableError(
        `A private answer needs at least ${MIN_COHORT} hospitals and ${choice.available} can answer now. Nothing was charged.`,
        {
          code: 'cohort_too_small',
          extra: { available: choice.available, required: MIN_COHORT, charged: false },
        },
      );
    case 'exhausted':
      throw new ExhaustedError(
        `Only ${choice.affordable} of the hospitals have rho ${formatRho(query.rhoPico)} of budget left and ${MIN_COHORT} are needed. Nothing was charged.`,
        { code: 'privacy_budget_exhausted', extra: { account: { kind: 'dataset' }, charged: false } },
      );
    case 'not_useful': {
      const { suffices, probabilityRight } = usefulness;
      const epsilonHint = suffices.epsilon === null ? 'no epsilon' : `epsilon ${suffices.epsilon}`;
      throw new UnprocessableError(
        `With ${choice.shards} shards, ${query.labels.length} labels and epsilon ${query.epsilon} the right label would win with probability ${probabilityRight.toFixed(2)}, under the 0.80 that makes an answer worth its charge. ${epsilonHint} would suffice with these shards. Nothing was charged.`,
        {
          code: 'epsilon_not_useful',
          param: 'privacy.epsilon',
          extra: { probabilityRight, shards: choice.shards, suffices, charged: false },
        },
      );
    }
  }
}

function isDataset(account: Account): boolean {
  return account.kind === 'dataset';
}
