import { ALGORITHM_COSIGNATURE, ed25519Holds, parseKey, signatureOf, textOf } from './signed-note.ts';
import { type CheckResult, tried } from './tried.ts';

/** `absent`: this witness has not signed this head, or not yet. */
export type Cosigned = {
  name: string;
  verifierKey: string;
  result: CheckResult | 'absent';
  /** When it says it signed; null unless that holds. */
  timestampS: number | null;
};

const TIMESTAMP_BYTES = 8;

/** What each witness says about a head (C2SP tlog-cosignature v1), each checked with its own key. */
export function verifyCosignatures(note: string, verifierKeys: readonly string[]): Promise<Cosigned[]> {
  return Promise.all(verifierKeys.map((verifierKey) => verifyOne(note, verifierKey)));
}

async function verifyOne(note: string, verifierKey: string): Promise<Cosigned> {
  const name = verifierKey.split('+')[0] ?? '';
  let timestampS: number | null = null;
  let absent = false;
  const result = await tried(async () => {
    const key = parseKey(verifierKey, ALGORITHM_COSIGNATURE);
    const signed = await signatureOf(note, key);
    absent = signed === null;
    if (signed === null) return false;
    const time = new DataView(signed.buffer, signed.byteOffset, TIMESTAMP_BYTES).getBigUint64(0);
    const message = `cosignature/v1\ntime ${time}\n${textOf(note)}`;
    if (!(await ed25519Holds(key.raw, signed.slice(TIMESTAMP_BYTES), message))) return false;
    timestampS = Number(time);
    return true;
  });
  return { name, verifierKey, result: absent ? 'absent' : result, timestampS };
}
