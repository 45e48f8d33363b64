import { expect, test } from 'vitest';
import { noteLines, noteText } from './signed-note.ts';

test('a text may have empty lines of its own: the last one ends it', () => {
  const note = 'a\n\nb\n\n\u2014 name c2ln\n';
  expect(noteText(note)).toBe('a\n\nb\n');
  expect(noteLines(note)).toEqual(['\u2014 name c2ln']);
  expect(() => noteText('a\n')).toThrow(/no signature block/);
});
