import { describe, expect, it } from 'vitest';
import { questionSchema, toChatCompletion, toQuoteBody } from './question.ts';

const vote = {
  route: 'federated' as const,
  model: 'demo-medllama',
  prompt: 'What is it?',
  purpose: 'clinical-decision-support',
  labels: ['Pneumonia', 'Asthma'],
  epsilon: 0.1,
};

describe('a question', () => {
  it('becomes a vote over its labels', () => {
    expect(toChatCompletion(questionSchema.parse(vote))).toEqual({
      model: 'demo-medllama',
      messages: [{ role: 'user', content: 'What is it?' }],
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'answer',
          strict: true,
          schema: { type: 'string', enum: ['Pneumonia', 'Asthma'] },
        },
      },
      privacy: { route: 'federated', epsilon: 0.1, purpose: 'clinical-decision-support' },
    });
  });

  it('carries neither labels nor an epsilon on the public route', () => {
    const body = toChatCompletion(questionSchema.parse({ ...vote, route: 'public' }));
    expect(body).not.toHaveProperty('response_format');
    expect(body.privacy).toEqual({ route: 'public', purpose: 'clinical-decision-support' });
  });

  it('is priced without its prompt', () => {
    expect(JSON.stringify(toQuoteBody(vote))).not.toContain(vote.prompt);
  });

  it.each([
    ['one label', { labels: ['Asthma'] }],
    ['labels that differ in case only', { labels: ['Asthma', 'asthma'] }],
    ['no prompt', { prompt: '  ' }],
    ['a free epsilon', { epsilon: 0 }],
    ['another route', { route: 'local' }],
  ])('is refused with %s', (_, change) => {
    expect(questionSchema.safeParse({ ...vote, ...change }).success).toBe(false);
  });
});
