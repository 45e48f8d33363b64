import { describe, expect, it } from 'vitest';
import { questionSchema } from '#lib/requests/question';
import type { QuoteReply } from '#lib/requests/router-replies';
import { blockedBy, type Draft, toQuestion, toQuoteQuestion } from './draft.ts';

const draft: Draft = {
  prompt: 'What is it?',
  route: 'federated',
  form: 'labels',
  labels: ['Pneumonia', 'Asthma'],
  test: 'none',
  maxTokens: 64,
  purpose: 'clinical-decision-support',
  epsilon: 0.1,
  model: 'demo-medllama',
};
const quote: QuoteReply = {
  route: 'federated',
  mechanism: 'vote',
  mode: 'gaussian',
  maxCollude: 1,
  maxDropouts: 0,
  model: 'demo-medllama',
  nodes: 4,
  shards: 256,
  labels: 2,
  epsilon: 0.1,
  delta: '0.00001',
  rho: '0.000433',
  useful: true,
  usefulness: {
    mechanism: 'vote',
    probabilityRight: 0.97,
    plurality: 0.7,
    required: 0.8,
    useful: true,
    chances: [],
    oddsRatio: { onePatient: 1.06, allPatients: 1800 },
    suffices: { epsilon: 0.09, shards: 120 },
  },
  affordable: true,
  accounts: [],
};

describe('a draft', () => {
  it('can be asked when everything is there', () => {
    expect(blockedBy(draft, quote, 1)).toBeNull();
    const question = toQuestion({ ...draft, prompt: ' What is it? ' });
    expect(question).toMatchObject({ route: 'federated', epsilon: 0.1, prompt: 'What is it?' });
    expect(questionSchema.parse(question)).toEqual(question);
  });

  it.each([
    ['prompt', { prompt: ' ' }, quote],
    ['purpose', { purpose: '' }, quote],
    ['labels', { labels: ['Asthma'] }, quote],
    ['epsilon', { epsilon: Number.NaN }, quote],
    ['epsilon', { epsilon: 1.01 }, quote],
    ['model', { model: null }, quote],
    ['epsilon', { form: 'text', labels: [], epsilon: 1.01 }, quote],
    ['length', { form: 'text', labels: [] }, { ...quote, useful: false }],
    ['quote', {}, null],
    ['cohort', {}, { ...quote, useful: false, cohort: 'too_small' }],
    ['conditions', {}, { ...quote, useful: false, cohort: 'conditions_unmet' }],
    ['useful', {}, { ...quote, useful: false, affordable: false }],
    ['affordable', {}, { ...quote, affordable: false }],
  ] as const)('is held back for %s', (reason, change, price) => {
    expect(
      blockedBy(
        { ...draft, ...change, labels: [...(('labels' in change && change.labels) || draft.labels)] },
        price,
        1,
      ),
    ).toBe(reason);
  });

  it.each([
    { prompt: ' ' },
    { purpose: '' },
    { model: null },
    { labels: ['Asthma'] },
    { epsilon: Number.NaN },
  ])('is no question with %j', (change) => expect(toQuestion({ ...draft, ...change })).toBeNull());

  it('is a question of its form, and keeps what another form needs', () => {
    const mechanismOf = (change: Partial<Draft>) => {
      const question = toQuestion({ ...draft, ...change });
      expect(questionSchema.parse(question)).toEqual(question);
      return question?.route === 'federated' ? question.mechanism : null;
    };
    expect(mechanismOf({})).toBe('vote');
    expect(mechanismOf({ test: 'margin' })).toBe('consensus');
    expect(mechanismOf({ form: 'text', test: 'margin' })).toBe('short-answer');
    expect(toQuestion({ ...draft, form: 'text', maxTokens: 32 })).not.toHaveProperty('labels');
    expect(toQuestion({ ...draft, form: 'text', labels: [] })).not.toBeNull();
  });

  it('is priced by everything but its words', () => {
    const priced = toQuoteQuestion({ ...draft, prompt: '' });
    expect(priced).toEqual({
      mechanism: 'vote',
      model: 'demo-medllama',
      purpose: 'clinical-decision-support',
      labels: ['Pneumonia', 'Asthma'],
      epsilon: 0.1,
    });
    expect(toQuoteQuestion({ ...draft, route: 'public' })).toBeNull();
  });

  it('needs neither labels nor a price on the public route', () => {
    const open: Draft = { ...draft, route: 'public', labels: [], epsilon: Number.NaN };
    expect(blockedBy(open, null, 1)).toBeNull();
    expect(toQuestion(open)).toEqual({
      route: 'public',
      model: 'demo-medllama',
      prompt: 'What is it?',
      purpose: 'clinical-decision-support',
    });
  });
});
