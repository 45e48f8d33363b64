import { type KeyObject, sign } from 'node:crypto';
import { canonicalJson } from '#lib/crypto/canonical-json';
import type { Decided } from './decide.ts';
import type { Verb } from './decisions.ts';

/** What a node states about a patient without naming them: the tag is an HMAC that only this hospital can make. */
export type RecordStatement = {
  v: 1;
  type: 'fdlr/record-decision';
  nodeId: string;
  seq: number;
  at: string;
  verb: Verb;
  patientTag: string;
  /** Records of theirs that the store held. */
  records: number;
  keyDestroyed: boolean;
};
export type SignedStatement = { statement: RecordStatement; signature: string };

export function signStatement(
  { decision, tag, records }: Decided,
  nodeId: string,
  identity: KeyObject,
): SignedStatement {
  const { seq, at, verb } = decision;
  const statement: RecordStatement = {
    v: 1,
    type: 'fdlr/record-decision',
    nodeId,
    seq,
    at,
    verb,
    patientTag: tag,
    records,
    keyDestroyed: verb === 'erase',
  };
  const signature = sign(null, Buffer.from(canonicalJson(statement)), identity).toString('base64url');
  return { statement, signature };
}
