import { expect, it } from 'vitest';
import { FrameError } from './frame.ts';
import { SealedLine } from './sealed-line.ts';

const key = Buffer.alloc(32, 7);
const ends = () => ({ node: new SealedLine(key, 'node'), router: new SealedLine(key, 'router') });
const text = (bytes: Buffer) => bytes.toString();

it('carries frames in order, both ways', () => {
  const { node, router } = ends();
  const sent = ['one', 'two', 'one'].map((one) => node.seal(Buffer.from(one)));
  expect(sent.map((bytes) => text(router.open(bytes)))).toEqual(['one', 'two', 'one']);
  expect(text(node.open(router.seal(Buffer.from('back'))))).toBe('back');
});

it('refuses what is repeated, reordered, reflected, changed, cut or of another connection', () => {
  const refused = (attack: (line: ReturnType<typeof ends>) => void) => {
    expect(() => attack(ends())).toThrow(FrameError);
  };
  refused(({ node, router }) => {
    const once = node.seal(Buffer.from('pay'));
    router.open(once);
    router.open(once);
  });
  refused(({ node, router }) => {
    node.seal(Buffer.from('first'));
    router.open(node.seal(Buffer.from('second')));
  });
  refused(({ node }) => node.open(node.seal(Buffer.from('mine'))));
  refused(({ node, router }) => {
    const sealed = node.seal(Buffer.from('pay 1'));
    sealed[sealed.length - 1]! ^= 1;
    router.open(sealed);
  });
  refused(({ node, router }) => router.open(node.seal(Buffer.from('x')).subarray(0, 20)));
  refused(({ router }) => router.open(new SealedLine(Buffer.alloc(32, 8), 'node').seal(Buffer.from('x'))));
});
