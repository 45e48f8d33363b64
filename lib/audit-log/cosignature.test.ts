import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { openCheckpoint, signCheckpoint, verifierKey } from './checkpoint.ts';
import { cosign, cosignedAt, witnessVerifierKey } from './cosignature.ts';
import { ED25519, noteLines, noteText, parseVerifierKey, withLines } from './signed-note.ts';

const log = generateKeyPairSync('ed25519').privateKey;
const node = generateKeyPairSync('ed25519').privateKey;
const NODE_ID = '6f1f2f0e-8f0a-4b3a-9a53-0d6a1c2b3e4f';
const note = signCheckpoint({ origin: 'fdlr/test', size: 42n, root: Buffer.alloc(32, 7) }, log);
const cosigned = withLines(note, [cosign(note, NODE_ID, node, 1_679_315_147n)]);
const verifier = witnessVerifierKey(NODE_ID, node);

test('the example of the specification is read as it is written', () => {
  const example = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`;
  expect(noteText(example).split('\n')[1]).toBe('20852163');
  const witness = Buffer.from(noteLines(example)[1]!.split(' ')[2]!, 'base64');
  // Key id, 1679315147 as u64 big-endian, signature.
  expect(witness.length).toBe(4 + 8 + 64);
  expect(witness.readBigUInt64BE(4)).toBe(1_679_315_147n);
});

test('a cosignature has that form, says when, and leaves the log’s own signature as it is', () => {
  const bytes = Buffer.from(noteLines(cosigned)[1]!.split(' ')[2]!, 'base64');
  expect(bytes.length).toBe(4 + 8 + 64);
  expect(cosignedAt(cosigned, verifier)).toBe(1_679_315_147n);
  expect(openCheckpoint(cosigned, verifierKey('fdlr/test', log)).size).toBe(42n);
  expect(cosignedAt(note, verifier)).toBeNull();
});

test('a cosignature of another head, another time or by another key does not hold', () => {
  const other = signCheckpoint({ origin: 'fdlr/test', size: 43n, root: Buffer.alloc(32, 7) }, log);
  const line = noteLines(cosigned)[1]!;
  expect(() => cosignedAt(withLines(other, [line]), verifier)).toThrow(/does not match/);
  const bytes = Buffer.from(line.split(' ')[2]!, 'base64');
  bytes.writeBigUInt64BE(1n, 4);
  const moved = `${line.split(' ').slice(0, 2).join(' ')} ${bytes.toString('base64')}`;
  expect(() => cosignedAt(withLines(note, [moved]), verifier)).toThrow(/does not match/);
  const stranger = witnessVerifierKey(NODE_ID, generateKeyPairSync('ed25519').privateKey);
  expect(cosignedAt(cosigned, stranger)).toBeNull();
});

test("a witness's key is no log's key", () => {
  expect(() => parseVerifierKey(verifier, ED25519)).toThrow(/malformed/);
  expect(() => cosignedAt(cosigned, verifierKey(`fdlr-node/${NODE_ID}`, node))).toThrow(/malformed/);
});
