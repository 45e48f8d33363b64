import { expect, it } from 'vitest';
import {
  acknowledgeOrigin,
  forgetHead,
  type KeptHead,
  keepHead,
  recallHead,
  recallOrigin,
} from './kept-head.ts';

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

it('never forgets a key of a witness, nor takes another one for its name', () => {
  const kept = store();
  const keep = (witnesses: string[]) => {
    keepHead(kept, 'a', { ...HEAD, witnesses });
    return recallHead(kept, 'a')?.witnesses;
  };
  expect(keep(['x+1+k', 'y+2+l'])).toEqual(['x+1+k', 'y+2+l']);
  expect(keep(['y+2+l'])).toEqual(['x+1+k', 'y+2+l']);
  expect(keep(['x+9+other', 'z+3+m'])).toEqual(['x+1+k', 'y+2+l', 'z+3+m']);
});

it('keeps the name of the log it met until a person acknowledges another one', () => {
  const kept = store();
  keepHead(kept, 'a', HEAD);
  keepHead(kept, 'b', HEAD);
  expect(recallOrigin(kept)).toBe('a');
  expect(recallHead(kept, 'b')).not.toBeNull();
  acknowledgeOrigin(kept, 'b');
  expect(recallOrigin(kept)).toBe('b');
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
