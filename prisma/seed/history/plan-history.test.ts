import { beforeAll, expect, test } from 'vitest';
import { scenarioAccounts } from '../scenario-accounts.ts';
import { idOf } from '../scenario-ids.ts';
import { demo } from '../scenarios/demo.ts';
import { startOfHistory } from './draw-moments.ts';
import { type PlannedRequest, planHistory } from './plan-history.ts';

const UNTIL = new Date('2026-11-23T00:00:00Z');
let planned: PlannedRequest[];
beforeAll(() => {
  planned = planHistory(demo, UNTIL);
});

/** The share of an account's cap that the history has spent. */
function spentShare(kind: string, ownerId: string, period: string): number {
  const account = scenarioAccounts(demo, period).find(
    (each) => each.kind === kind && each.ownerId === ownerId,
  );
  const spent = planned.reduce((sum, { charge, ending }) => {
    const isCharged =
      charge?.period === period &&
      ending.kind !== 'released' &&
      charge.owners.some((owner) => owner.kind === kind && owner.ownerId === ownerId);
    return isCharged ? sum + charge.rhoPico : sum;
  }, 0n);
  return Number(spent) / Number(account!.capRhoPico);
}
const monthly = (month: string) => planned.filter(({ at }) => at.toISOString().startsWith(month)).length;

test('a day has one history, and another day another', () => {
  const small = { ...demo, historyRequests: 300 };
  expect(planHistory(small, UNTIL)).toEqual(planHistory(small, UNTIL));
  const tomorrow = new Date(UNTIL.getTime() + 86_400_000);
  expect(planHistory(small, tomorrow)[0]?.id).not.toBe(planHistory(small, UNTIL)[0]?.id);
});

test('it is a year, in order, of as many requests as the scenario says', () => {
  expect(planned).toHaveLength(10_000);
  expect(new Set(planned.map(({ id }) => id)).size).toBe(10_000);
  const times = planned.map(({ at }) => at.getTime());
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times[0]).toBeGreaterThanOrEqual(startOfHistory(UNTIL).getTime());
  expect(times.at(-1)).toBeLessThan(UNTIL.getTime());
});

test('it has its rhythm: growth, weekdays, and a quiet turn of the year', () => {
  expect(monthly('2026-10')).toBeGreaterThan(1.5 * monthly('2026-01'));
  const weekend = planned.filter(({ at }) => [0, 6].includes(at.getUTCDay())).length;
  expect(weekend / planned.length).toBeLessThan(2 / 7 - 0.08);
  expect(weekend).toBeGreaterThan(500);
  const days = (from: string, to: string) =>
    planned.filter(({ at }) => at >= new Date(from) && at < new Date(to)).length;
  expect(days('2025-12-21', '2026-01-03')).toBeLessThan(0.6 * days('2025-12-08', '2025-12-21'));
});

test('every ending is in it, votes most of all', () => {
  const count = (key: string) =>
    planned.filter(({ question, ending }) => `${question.route} ${ending.kind}` === key).length;
  expect(count('federated answered')).toBeGreaterThan(6_000);
  expect(count('public answered')).toBeGreaterThan(1_500);
  for (const key of ['federated failed', 'federated released', 'public released'])
    expect(count(key), key).toBeGreaterThan(15);
  const codes = new Set(planned.flatMap(({ ending }) => (ending.kind === 'refused' ? [ending.code] : [])));
  expect([...codes].sort()).toEqual([
    'cohort_too_small',
    'epsilon_above_policy',
    'epsilon_not_useful',
    'privacy_budget_exhausted',
    'purpose_refused',
  ]);
});

test('every department of every organisation asks, and questions are of many sizes', () => {
  expect(new Set(planned.map(({ person }) => person.departmentId)).size).toBe(20);
  const votes = planned.flatMap(({ question }) => (question.route === 'federated' ? [question] : []));
  expect(new Set(votes.map(({ labelCount }) => labelCount)).size).toBeGreaterThan(5);
  expect(new Set(votes.map(({ epsilon }) => epsilon)).size).toBeGreaterThan(5);
});

test('nobody is over a cap; the datasets leave enough to play with, one department and one person little', () => {
  for (const period of ['2025', '2026'])
    for (const { kind, ownerId, name } of scenarioAccounts(demo, period))
      expect(spentShare(kind, ownerId, period), name).toBeLessThanOrEqual(1);
  for (const key of ['harbour', 'northfield', 'lakeside', 'southgate']) {
    const share = spentShare('dataset', idOf('dataset', key), '2026');
    expect(share).toBeGreaterThan(0.55);
    expect(share).toBeLessThan(0.75);
  }
  const oncology = spentShare('department', idOf('department', 'harbour/Oncology'), '2026');
  expect(oncology).toBeGreaterThan(0.75);
  expect(oncology).toBeLessThan(0.88);
  expect(spentShare('user', idOf('user', 'radiology2@harbour.example'), '2026')).toBeGreaterThan(0.93);
  expect(spentShare('user', idOf('user', 'clinician@harbour.example'), '2026')).toBeLessThan(0.2);
});

test('a year that is all in one period still fits', () => {
  const newYearsEve = planHistory(demo, new Date('2026-12-31T00:00:00Z'));
  const refused = newYearsEve.filter(
    ({ ending }) => ending.kind === 'refused' && ending.message.startsWith('Only '),
  );
  expect(refused).toEqual([]);
});
