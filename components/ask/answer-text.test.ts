import { describe, expect, it } from 'vitest';
import type { CompletionReply } from '#lib/requests/router-replies';
import { answerText, shapeOf } from './answer-text.ts';

function reply(content: string | null, privacy: Partial<CompletionReply['privacy']> = {}): CompletionReply {
  return {
    model: 'demo-medllama',
    choices: [{ message: { content, refusal: content === null ? 'No label was clear.' : null } }],
    privacy: { route: 'federated', mechanism: 'vote', rho: '0.000433', ...privacy },
  };
}

describe('an answer', () => {
  it.each([
    ['label', 'Asthma', reply('"Asthma"')],
    ['label', 'Asthma', reply('"Asthma"', { mechanism: 'consensus' })],
    ['none', '', reply(null, { mechanism: 'consensus' })],
    ['text', '"Asthma" is likely', reply(' "Asthma" is likely', { mechanism: 'short-answer' })],
    ['text', '"Asthma"', reply('"Asthma"', { mechanism: 'short-answer' })],
    ['text', '', reply('', { mechanism: 'short-answer' })],
    ['public', '42', reply('42', { route: 'public', mechanism: 'completion' })],
  ] as const)('is a %s: %s', (shape, text, answer) => {
    expect(shapeOf(answer)).toBe(shape);
    expect(answerText(answer)).toBe(text);
  });
});
