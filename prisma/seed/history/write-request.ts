import type { PoolClient } from '#lib/db/pool';
import type { AskedRequest } from '#lib/ledger/insert-request';
import { recordRefusal } from '#lib/ledger/record-refusal';
import { releaseIn } from '#lib/ledger/release';
import { type Reservation, reserveIn } from '#lib/ledger/reserve';
import { settleIn } from '#lib/ledger/settle';
import type { AccountIds } from './open-history-accounts.ts';
import type { PlannedRequest } from './plan-history.ts';

/** Names what nobody measured: a request of the history has no stage times, no receipts and no answer. */
export const HISTORY_REPLICA = 'demo-history';
const MODEL = 'demo-medllama';
const RESERVED_FOR_MS = 40_000;
/** Entries and leaves of a request keep their order; how long it took is not made up. */
const NEXT_MS = 1;

export type Writing = {
  accountIds: AccountIds;
  pseudonymOf: (userId: string) => string;
  delta: string;
};

/** Tells the ledger of one request, through the ledger's own verbs, in the caller's transaction. */
export async function writeRequest(
  client: PoolClient,
  planned: PlannedRequest,
  writing: Writing,
): Promise<void> {
  const { id, at, ending, question } = planned;
  const asked = askedOf(planned);
  if (ending.kind === 'refused') {
    const epsilon = question.route === 'federated' ? question.epsilon : null;
    return recordRefusal(client, { ...asked, epsilon }, ending, at);
  }
  await reserveIn(client, reservationOf(planned, asked, writing), at);
  const closedAt = new Date(at.getTime() + NEXT_MS);
  if (ending.kind === 'released') return releaseIn(client, id, ending.code, ending.message, closedAt);
  await settleIn(
    client,
    {
      requestId: id,
      outcome: ending.kind,
      code: ending.kind === 'failed' ? ending.code : null,
      message: ending.kind === 'failed' ? ending.message : null,
      chargeRhoPico: null,
      receipts: [],
      stagesMs: {},
      sealReply: null,
    },
    closedAt,
  );
}

function askedOf({ person, viaApplication, question, bodyHash }: PlannedRequest): AskedRequest {
  const isFederated = question.route === 'federated';
  return {
    organisationId: person.organisationId,
    departmentId: person.departmentId,
    userId: person.userId,
    apiKeyId: viaApplication ? person.apiKeyId : null,
    route: question.route,
    mechanism: question.labelCount > 0 ? 'vote' : 'completion',
    mode: isFederated ? 'exact' : 'none',
    model: MODEL,
    purpose: question.purpose,
    bodyHash,
    labelCount: question.labelCount,
    replica: HISTORY_REPLICA,
  };
}

function reservationOf(
  { id, person, question, charge }: PlannedRequest,
  asked: AskedRequest,
  { accountIds, pseudonymOf, delta }: Writing,
): Reservation {
  const common = {
    ...asked,
    requestId: id,
    pseudonym: pseudonymOf(person.userId),
    reservedForMs: RESERVED_FOR_MS,
  };
  if (question.route === 'public' || !charge)
    return {
      ...common,
      epsilon: null,
      delta: null,
      rhoPico: 0n,
      nodes: 0,
      shards: 0,
      parameters: {},
      accountIds: [],
    };
  const { rhoPico, beta, cohort, shards, owners, period } = charge;
  return {
    ...common,
    epsilon: question.epsilon,
    delta,
    rhoPico,
    nodes: cohort.length,
    shards,
    parameters: {
      mode: 'exact',
      beta: { num: String(beta.num), den: String(beta.den) },
      K: question.labelCount,
      s: shards,
      cohort,
    },
    accountIds: owners.map((owner) => accountIds(owner, period)),
  };
}
