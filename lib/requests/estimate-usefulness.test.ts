import { describe, expect, it } from 'vitest';
import { estimateUsefulness } from './estimate-usefulness.ts';

const common = { model: 'demo-medllama', purpose: 'clinical-decision-support', epsilon: 0.5 };
const labels = ['Pneumonia', 'Asthma', 'Sepsis', 'Stroke'];
const cohort = { shards: 256, delta: 1e-5, nodes: 4, maxCollude: 1, maxDropouts: 0 };

describe('the browser’s own estimate', () => {
  it('of a vote is the chance that the rule asks for', () => {
    const worth = estimateUsefulness({ ...common, mechanism: 'vote', labels }, { ...cohort, shards: 40 });
    expect(worth).toMatchObject({ mechanism: 'vote', useful: true, plurality: 0.7, required: 0.8 });
    const less = estimateUsefulness({ ...common, mechanism: 'vote', labels }, { ...cohort, shards: 39 });
    expect(less).toMatchObject({ useful: false, suffices: { shards: 40 } });
  });

  it.each(['threshold', 'margin'] as const)('of a consensus says how often it stays silent: %s', (test) => {
    const worth = estimateUsefulness({ ...common, mechanism: 'consensus', labels, test }, cohort);
    expect(worth).toMatchObject({ mechanism: 'consensus', kind: test, useful: true });
  });

  it('of a short answer takes the largest clip that gives the length asked for', () => {
    const factorAt = (maxTokens: number, epsilon: number) => {
      const worth = estimateUsefulness({ ...common, epsilon, mechanism: 'short-answer', maxTokens }, cohort);
      return worth?.mechanism === 'short-answer' ? worth.oddsRatio.allPatients : null;
    };
    expect(factorAt(64, 0.5)).toBeCloseTo(Math.E ** 2);
    expect(factorAt(64, 0.1)).toBeCloseTo(Math.E);
  });

  it('is none where nothing can be bought or nobody would be asked', () => {
    expect(estimateUsefulness({ ...common, mechanism: 'vote', labels }, { ...cohort, shards: 0 })).toBeNull();
    const tiny = { ...common, epsilon: 1e-12, mechanism: 'consensus', labels, test: 'margin' } as const;
    expect(estimateUsefulness(tiny, { ...cohort, delta: 1e-12 })).toBeNull();
  });
});
