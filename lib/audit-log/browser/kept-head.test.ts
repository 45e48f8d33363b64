import { expect, it } from 'vitest';
import { forgetHead, type KeptHead, keepHead, recallHead, recallOrigin } from './kept-head.ts';

const HEAD: KeptHead = {
  size: '7',
  rootHash: 'aa',
  checkpoint: 'note',
  verifierKey: 'key',
  witnesses: ['w'],
  seenAtMs: 5,
};

function store(items: Record<string, string> = {}) {
  return {
    getItem: (name: string) => items[name] ?? null,
    setItem: (name: string, value: string) => {
      items[name] = value;
    },
    removeItem: (name: string) => {
      delete items[name];
    },
  };
}

it('keeps one head a log, until it is forgotten', () => {
  const kept = store();
  expect(recallHead(kept, 'a')).toBeNull();
  expect(recallOrigin(kept)).toBeNull();
  expect(keepHead(kept, 'a', HEAD)).toBe(true);
  expect(recallHead(kept, 'a')).toEqual(HEAD);
  expect(recallHead(kept, 'b')).toBeNull();
  expect(recallOrigin(kept)).toBe('a');
  forgetHead(kept, 'a');
  expect(recallHead(kept, 'a')).toBeNull();
});

it.each(['', 'null', '[]', '{"size":"7"}', JSON.stringify({ ...HEAD, size: '-1' })])(
  'what is no head counts as none: %s',
  (text) => {
    expect(recallHead(store({ 'fdlr-log-head a': text }), 'a')).toBeNull();
  },
);

it('without storage it keeps nothing, and says so', () => {
  const refuse = () => {
    throw new Error('no storage');
  };
  const none = { getItem: refuse, setItem: refuse, removeItem: refuse };
  expect(recallHead(none, 'a')).toBeNull();
  expect(keepHead(none, 'a', HEAD)).toBe(false);
  forgetHead(none, 'a');
});
