import { createHash } from 'node:crypto';
import { privacyEnv } from '#lib/env';
import { periodOf } from '#lib/ledger/period';
import { createRandom, type Random } from '../records/random.ts';
import type { Scenario } from '../scenario.ts';
import { scenarioAccounts } from '../scenario-accounts.ts';
import { idOf } from '../scenario-ids.ts';
import { Balances } from './balances.ts';
import { type Charge, type Federation, type Hospital, tryToCharge } from './charge-question.ts';
import { drawMoments, startOfHistory } from './draw-moments.ts';
import { drawOutages } from './draw-outages.ts';
import { drawQuestion, type Question } from './draw-question.ts';
import { type Person, peopleWhoAsk } from './people.ts';
import { pricesAt } from './prices.ts';
import { nothingSent, publicModelUnavailable, type Reason, roundFailed } from './refusals.ts';

/** One request of the history, as the ledger is to be told of it. */
export type PlannedRequest = {
  id: string;
  at: Date;
  person: Person;
  viaApplication: boolean;
  question: Question;
  bodyHash: Buffer;
  /** Null for a public question, which costs nothing, and for one that was refused. */
  charge: Charge | null;
  ending: Ending;
};

export type Ending = { kind: 'answered' } | ({ kind: 'failed' | 'released' | 'refused' } & Reason);

const ANSWERED: Ending = { kind: 'answered' };
const FAILED_SHARE = 0.018;
const RELEASED_SHARE = 0.012;
const VIA_APPLICATION_SHARE = 0.3;

/**
 * A made-up year up to `until`, in order. The same scenario and day always give the same year, which stays within
 * every budget: what does not fit is refused, as it would have been.
 */
export function planHistory(scenario: Scenario, until: Date): PlannedRequest[] {
  const seed = `${scenario.seed}/history/${until.toISOString()}`;
  const random = createRandom(seed);
  const delta = privacyEnv().FEDERATED_DELTA;
  const federation: Federation = {
    hospitals: hospitalsOf(scenario),
    balances: new Balances(historyPeriods(until).flatMap((period) => scenarioAccounts(scenario, period))),
    prices: pricesAt(delta),
    outages: drawOutages(random, until),
  };
  const moments = drawMoments(random, peopleWhoAsk(scenario), until, scenario.historyRequests);
  return moments.map(({ at, person }, i) => {
    const question = drawQuestion(random, person, federation.prices);
    const name = `${seed}/${i}`;
    return {
      id: idOf('request', name),
      at,
      person,
      viaApplication: person.apiKeyId !== null && random.chance(VIA_APPLICATION_SHARE),
      question,
      bodyHash: createHash('sha256').update(name).digest(),
      ...answer(random, federation, { at, person, question }),
    };
  });
}

function hospitalsOf(scenario: Scenario): Hospital[] {
  return scenario.organisations
    .flatMap((organisation) => organisation.hospitals)
    .map((hospital) => ({
      ...hospital,
      nodeId: idOf('node', hospital.key),
      dataset: { kind: 'dataset', ownerId: idOf('dataset', hospital.key) },
    }));
}

/** The budget periods that the year before `until` touches, the one that `until` itself is in included. */
export function historyPeriods(until: Date): string[] {
  return [...new Set([periodOf(startOfHistory(until)), periodOf(until)])];
}

function answer(
  random: Random,
  federation: Federation,
  { at, person, question }: { at: Date; person: Person; question: Question },
): { charge: Charge | null; ending: Ending } {
  const fate = random.unit();
  if (question.route === 'public') {
    const isReleased = fate < RELEASED_SHARE;
    return { charge: null, ending: isReleased ? { kind: 'released', ...publicModelUnavailable } : ANSWERED };
  }
  const tried = tryToCharge(federation, { at, person, question });
  if ('refused' in tried) return { charge: null, ending: { kind: 'refused', ...tried.refused } };
  const { charge } = tried;
  if (fate < RELEASED_SHARE) return { charge, ending: { kind: 'released', ...nothingSent } };
  federation.balances.spend(charge.owners, charge.period, charge.rhoPico);
  const isFailed = fate < RELEASED_SHARE + FAILED_SHARE;
  return { charge, ending: isFailed ? { kind: 'failed', ...roundFailed } : ANSWERED };
}
