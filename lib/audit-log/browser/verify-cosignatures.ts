import { hex } from './bytes.ts';
import {
  ALGORITHM_COSIGNATURE,
  ed25519Holds,
  nameOfKey,
  parseKey,
  signatureOf,
  textOf,
} from './signed-note.ts';
import { type CheckResult, tried } from './tried.ts';
import { witnessName } from './witness-name.ts';

/** `absent`: this witness has not signed this head, or not yet. */
export type Cosigned = {
  name: string;
  verifierKey: string;
  result: CheckResult | 'absent';
  /** When it says it signed; null unless that holds. */
  timestampS: number | null;
};

const TIMESTAMP_BYTES = 8;

export type Cosignatures = {
  cosigned: Cosigned[];
  /** Keys left out because their name or their key had been given before: one witness would count for several. */
  again: string[];
};

/** What each witness says about a head (C2SP tlog-cosignature v1), each checked with its own key and counted once. */
export async function verifyCosignatures(
  note: string,
  verifierKeys: readonly string[],
): Promise<Cosignatures> {
  const seen = new Set<string>();
  const again: string[] = [];
  const once = verifierKeys.filter((verifierKey) => {
    const marks = [`name ${nameOfKey(verifierKey)}`, `key ${rawOf(verifierKey)}`];
    const isNew = marks.every((mark) => !seen.has(mark));
    for (const mark of marks) seen.add(mark);
    if (!isNew) again.push(verifierKey);
    return isNew;
  });
  return { cosigned: await Promise.all(once.map((verifierKey) => verifyOne(note, verifierKey))), again };
}

/** How many of the nodes signed. Whoever else has a key in the list vouches for nothing. */
export function nodesSigned(cosigned: readonly Cosigned[], nodeIds: readonly string[]): number {
  const names = new Set(nodeIds.map(witnessName));
  return cosigned.filter(({ name, result }) => result === 'holds' && names.has(name)).length;
}

/** The key itself, however it is written; what cannot be read is only like itself. */
function rawOf(verifierKey: string): string {
  try {
    return hex(parseKey(verifierKey, ALGORITHM_COSIGNATURE).raw);
  } catch {
    return verifierKey;
  }
}

async function verifyOne(note: string, verifierKey: string): Promise<Cosigned> {
  const name = nameOfKey(verifierKey);
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
