import { accountResource } from '#lib/budgets/account-resource';
import { can } from '#lib/identity/permissions';
import { type Account, remainingRhoPico } from '#lib/ledger/accounts';
import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { formatRho } from '#lib/privacy/pico-rho';
import type { RouterContext } from '../context.ts';
import { mechanismOf } from '../mechanisms/mechanism.ts';
import type { Caller, Query } from '../query.ts';
import { outlook } from '../stages/plan.ts';
import { applyPolicy } from '../stages/policy.ts';

/** What a request would cost and be worth. Free, and it touches no record. */
export async function quote(context: RouterContext, query: Query) {
  if (query.route === 'public') return publicQuote(query);
  const { choice, asked, offer, accounts } = await outlook(context, await applyPolicy(context, query));
  const { rhoPico } = offer;
  const usefulness = mechanismOf(context, query).usefulness(query, asked);
  const canBear = accounts.every(
    (account) => account.state === 'open' && remainingRhoPico(account) >= rhoPico,
  );
  return {
    route: query.route,
    mechanism: query.mechanism,
    mode: query.mode,
    model: query.model,
    masking: asked.masking,
    maxCollude: asked.maxCollude,
    maxDropouts: asked.maxDropouts,
    nodes: asked.nodes,
    shards: asked.shards,
    labels: query.labels.length,
    epsilon: query.epsilon,
    delta: String(query.delta),
    rho: formatRho(rhoPico),
    useful: usefulness.useful && choice.kind !== 'too_small' && choice.kind !== 'conditions_unmet',
    usefulness,
    affordable: canBear && choice.kind !== 'exhausted',
    cohort: choice.kind,
    accounts: accounts.map((account) => costOn(account, query.caller, rhoPico)),
  };
}

/**
 * What one account would pay. Only those who may read an account see how it stands; of the others, another
 * organisation's dataset above all, the caller learns whether it can bear the question and nothing to measure it by.
 */
function costOn(account: Account, caller: Caller, rhoPico: bigint) {
  const remaining = remainingRhoPico(account);
  const after = remaining - rhoPico;
  const { kind, name } = account;
  const sufficient = account.state === 'open' && after >= 0n;
  if (!can(caller.actor, 'account.read', accountResource(account)))
    return { ...WITHHELD, kind, name, sufficient };
  const delta = Number(account.delta);
  return {
    id: account.id,
    kind,
    name,
    sufficient,
    state: account.state,
    cap: formatRho(account.capRhoPico),
    spent: formatRho(account.spentRhoPico),
    reserved: formatRho(account.reservedRhoPico),
    remaining: formatRho(remaining),
    remainingAfter: formatRho(after > 0n ? after : 0n),
    epsilonCap: epsilonFromRho(account.capRhoPico, delta),
    epsilonSpent: epsilonFromRho(account.spentRhoPico + account.reservedRhoPico, delta),
    delta: account.delta,
  };
}

const WITHHELD = {
  id: null,
  state: null,
  cap: null,
  spent: null,
  reserved: null,
  remaining: null,
  remainingAfter: null,
  epsilonCap: null,
  epsilonSpent: null,
  delta: null,
};

function publicQuote(query: Query) {
  return {
    route: 'public',
    mechanism: query.mechanism,
    mode: query.mode,
    masking: null,
    maxCollude: 0,
    maxDropouts: 0,
    model: query.model,
    nodes: 0,
    shards: 0,
    labels: query.labels.length,
    epsilon: 0,
    delta: '0',
    rho: '0',
    useful: true,
    usefulness: null,
    affordable: true,
    cohort: 'none',
    accounts: [],
  };
}
