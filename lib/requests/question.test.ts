import { describe, expect, it } from 'vitest';
import { type Question, questionSchema, toChatCompletion, toQuoteBody } from './question.ts';

const common = {
  route: 'federated' as const,
  model: 'demo-medllama',
  prompt: 'What is it?',
  purpose: 'clinical-decision-support',
  epsilon: 0.1,
};
const vote = { ...common, mechanism: 'vote' as const, labels: ['Pneumonia', 'Asthma'] };
const consensus = { ...vote, mechanism: 'consensus' as const, test: 'margin' as const };
const text = { ...common, mechanism: 'short-answer' as const, maxTokens: 32 };
const FORMAT = {
  type: 'json_schema',
  json_schema: { name: 'answer', strict: true, schema: { type: 'string', enum: ['Pneumonia', 'Asthma'] } },
};
const PRIVACY = { route: 'federated', epsilon: 0.1, purpose: 'clinical-decision-support' };

describe('a question', () => {
  const messages = [{ role: 'user', content: 'What is it?' }];

  it('becomes a vote over its labels', () => {
    expect(toChatCompletion(questionSchema.parse(vote))).toEqual({
      model: 'demo-medllama',
      messages,
      response_format: FORMAT,
      privacy: PRIVACY,
    });
  });

  it('becomes a vote that is answered only when the winner is clear', () => {
    expect(toChatCompletion(questionSchema.parse(consensus))).toEqual({
      model: 'demo-medllama',
      messages,
      response_format: FORMAT,
      privacy: { ...PRIVACY, requireConsensus: 'margin' },
    });
  });

  it('becomes a short answer where it has no labels', () => {
    expect(toChatCompletion(questionSchema.parse(text))).toEqual({
      model: 'demo-medllama',
      messages,
      privacy: { ...PRIVACY, maxTokens: 32 },
    });
  });

  it('carries neither labels nor an epsilon on the public route', () => {
    const body = toChatCompletion(questionSchema.parse({ ...vote, route: 'public' }));
    expect(body).not.toHaveProperty('response_format');
    expect(body.privacy).toEqual({ route: 'public', purpose: 'clinical-decision-support' });
  });

  it.each([vote, consensus, text] as Question[])(
    'is priced as it will be asked, without its prompt: $mechanism',
    (question) => {
      const { messages: _, ...rest } = toChatCompletion(question);
      const body = question.route === 'federated' ? toQuoteBody(question) : {};
      expect(body).toEqual(rest);
      expect(JSON.stringify(body)).not.toContain(question.prompt);
    },
  );

  it.each([
    ['one label', { ...vote, labels: ['Asthma'] }],
    ['labels that differ in case only', { ...vote, labels: ['Asthma', 'asthma'] }],
    ['no labels', { ...vote, labels: undefined }],
    ['a consensus without its test', { ...consensus, test: undefined }],
    ['another test', { ...consensus, test: 'unanimous' }],
    ['no length', { ...text, maxTokens: undefined }],
    ['no whole length', { ...text, maxTokens: 1.5 }],
    ['a length that no answer may have', { ...text, maxTokens: 161 }],
    ['no prompt', { ...vote, prompt: '  ' }],
    ['a free epsilon', { ...text, epsilon: 0 }],
    ['another route', { ...vote, route: 'local' }],
    ['another mechanism', { ...vote, mechanism: 'mean' }],
  ])('is refused with %s', (_, question) => {
    expect(questionSchema.safeParse(question).success).toBe(false);
  });
});
