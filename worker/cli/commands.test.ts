import { expect, test } from 'vitest';
import { COMMANDS } from './commands.ts';

test('every command answers to the words it is listed by', async () => {
  for (const { words, load } of COMMANDS) expect((await load()).words).toEqual(words);
  expect(new Set(COMMANDS.map(({ words }) => words.join(' '))).size).toBe(COMMANDS.length);
});
