import { describe, expect, test } from 'vitest';
import { isCaught, judgeClaim, judgeReport } from './judge-report.ts';
import type { AuditedMechanism, AuditReport, PlantedBugResult } from './report.ts';

const ERROR = 1e-6;

type Figures = { claimed?: number; proved?: number; samplesPerSide?: number };

function claim({ claimed = 0.5, proved = 0.2, samplesPerSide = 1000 }: Figures = {}): AuditedMechanism {
  return {
    subject: 'vote',
    claimed: { rho: claimed, epsilon: 1 },
    samplesPerSide,
    measured: { distance: 0, rho: proved, epsilon: 0 },
    distanceLimit: 0.5,
    durationS: 1,
    verdict: 'not_refuted',
  };
}

function bug(figures: Figures = {}, caught = true): PlantedBugResult {
  const { verdict: _, ...line } = claim({ proved: 0.7, ...figures });
  return { ...line, bug: 'zero-out-formula', caught };
}

function report(mechanisms: AuditedMechanism[], plantedBugs: PlantedBugResult[]): AuditReport {
  return {
    v: 1,
    version: '0.1.0',
    commit: null,
    startedAt: '2026-01-02T03:04:05.000Z',
    durationS: 60,
    command: 'npm run audit',
    delta: 1e-5,
    error: ERROR,
    hospitals: 3,
    shards: 9,
    mechanisms,
    plantedBugs,
  };
}

describe('a claim', () => {
  test('is refuted by its figures, whatever the file calls it', () => {
    expect(judgeClaim(claim({ proved: 0.500001 }), ERROR)).toBe('refuted');
    expect(judgeClaim({ ...claim(), verdict: 'refuted' }, ERROR)).toBe('refuted');
  });

  test('of which nothing was proved had too few samples', () => {
    expect(judgeClaim(claim({ proved: 0 }), ERROR)).toBe('too_few_samples');
  });

  test('that no answers could have refuted had too few samples', () => {
    // 10 answers a side cannot prove .5, 1,000 can.
    expect(judgeClaim(claim({ samplesPerSide: 10 }), ERROR)).toBe('too_few_samples');
    expect(judgeClaim(claim({ samplesPerSide: 0 }), ERROR)).toBe('too_few_samples');
    expect(judgeClaim(claim(), ERROR)).toBe('not_refuted');
  });
});

test('a bug is caught only where its figures and its line say so', () => {
  expect(isCaught(bug())).toBe(true);
  expect(isCaught(bug({}, false))).toBe(false);
  expect(isCaught(bug({ proved: 0.5 }))).toBe(false);
});

describe('a report', () => {
  test.each([
    ['ok', [claim()], [bug()]],
    ['partial', [claim(), claim({ proved: 0 })], [bug()]],
    ['incomplete', [claim({ proved: 0 })], [bug()]],
    ['incomplete', [], [bug()]],
    ['incomplete', [claim()], []],
    ['incomplete', [], []],
    ['danger', [claim(), claim({ proved: 0.6 })], [bug()]],
    ['danger', [claim({ proved: 0.6 })], []],
    ['danger', [claim()], [bug(), bug({}, false)]],
  ] as const)('is %s', (state, mechanisms, plantedBugs) => {
    expect(judgeReport(report([...mechanisms], [...plantedBugs])).state).toBe(state);
  });

  test('counts what had too few samples apart', () => {
    const judged = judgeReport(report([claim(), claim({ proved: 0 })], [bug(), bug({}, false)]));
    expect(judged).toMatchObject({ claims: 2, refuted: 0, tooFew: 1, bugs: 2, caught: 1, samples: 4000 });
  });
});
