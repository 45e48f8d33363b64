/**
 * Checks in a browser that a leaf is in the log, by nothing but the leaf, the proof and the log's published key:
 * WebCrypto only, no code shared with the server that gave the proof. RFC 6962 trees, C2SP signed notes.
 */
export type InclusionClaim = {
  /** The leaf's text as it was hashed. */
  entry: string;
  leafHash: string;
  leafIndex: string | number;
  treeSize: string | number;
  rootHash: string;
  /** Sibling hashes, leaf to root, hex. */
  path: readonly string[];
  /** The signed note of the head. */
  checkpoint: string;
  /** `name+keyId+base64(01 || key)`. */
  verifierKey: string;
};

/** What is checked, each by itself, in this order. */
export const CHECKS = ['entry', 'path', 'head', 'signature'] as const;
export type Check = (typeof CHECKS)[number];
/** `unable`: this browser cannot check it, which is no verdict. */
export type CheckResult = 'holds' | 'fails' | 'unable';
export type Verdict = { checks: Record<Check, CheckResult>; overall: CheckResult };

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const ALGORITHM_ED25519 = 1;

export async function verifyInclusion(claim: InclusionClaim): Promise<Verdict> {
  const checks = {
    entry: await tried(async () => hex(await sha256(LEAF, utf8(claim.entry))) === claim.leafHash),
    path: await tried(async () => (await rootFromPath(claim)) === claim.rootHash),
    head: await tried(async () => headSays(claim)),
    signature: await tried(() => signatureHolds(claim.checkpoint, claim.verifierKey)),
  };
  const results = Object.values(checks);
  const overall = results.includes('fails') ? 'fails' : results.includes('unable') ? 'unable' : 'holds';
  return { checks, overall };
}

/** What cannot be read does not hold; what this browser has no means for is not judged. */
async function tried(check: () => Promise<boolean>): Promise<CheckResult> {
  // Only secure contexts (https, localhost) have it.
  if (globalThis.crypto?.subtle === undefined) return 'unable';
  try {
    return (await check()) ? 'holds' : 'fails';
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotSupportedError' ? 'unable' : 'fails';
  }
}

/** RFC 9162 section 2.1.3.2. */
async function rootFromPath({ leafHash, leafIndex, treeSize, path }: InclusionClaim): Promise<string | null> {
  let fn = BigInt(leafIndex);
  let sn = BigInt(treeSize) - 1n;
  if (fn < 0n || fn > sn) return null;
  let root = fromHex(leafHash);
  for (const sibling of path.map(fromHex)) {
    if (sn === 0n) return null;
    if (fn & 1n || fn === sn) {
      root = await sha256(NODE, sibling, root);
      while (!(fn & 1n) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      root = await sha256(NODE, root, sibling);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n ? hex(root) : null;
}

/** The head's own text names this tree: its origin is the key's, its size and root are the proof's. */
function headSays({ checkpoint, verifierKey, treeSize, rootHash }: InclusionClaim): boolean {
  const [origin, size, root, ...rest] = textOf(checkpoint).split('\n');
  return (
    origin === parseKey(verifierKey).name &&
    size === String(treeSize) &&
    root !== undefined &&
    hex(fromBase64(root)) === rootHash &&
    rest.join('') === ''
  );
}

async function signatureHolds(note: string, verifierKey: string): Promise<boolean> {
  const { name, keyId, raw } = parseKey(verifierKey);
  const expected = await sha256(utf8(`${name}\n`), Uint8Array.of(ALGORITHM_ED25519), raw);
  if (hex(expected.subarray(0, 4)) !== keyId) return false;
  const text = textOf(note);
  const prefix = `\u2014 ${name} `;
  const signed = note
    .slice(text.length + 1)
    .split('\n')
    .filter((line) => line.startsWith(prefix))
    .map((line) => fromBase64(line.slice(prefix.length)))
    .find((bytes) => hex(bytes.subarray(0, 4)) === keyId);
  if (!signed) return false;
  const key = await crypto.subtle.importKey('raw', raw, { name: 'Ed25519' }, false, ['verify']);
  return crypto.subtle.verify({ name: 'Ed25519' }, key, signed.slice(4), utf8(text));
}

/** The signed part of a note: up to and with the newline before the empty line. */
function textOf(note: string): string {
  const end = note.indexOf('\n\n');
  if (end < 0) throw new Error('the checkpoint has no signature block');
  return note.slice(0, end + 1);
}

function parseKey(verifierKey: string): { name: string; keyId: string; raw: Bytes } {
  const [name, keyId, ...encoded] = verifierKey.trim().split('+');
  const bytes = fromBase64(encoded.join('+'));
  if (!name || !keyId || bytes.length !== 33 || bytes[0] !== ALGORITHM_ED25519)
    throw new Error('the key is malformed');
  return { name, keyId, raw: bytes.slice(1) };
}

type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

async function sha256(...parts: readonly Uint8Array[]): Promise<Bytes> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all));
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function fromHex(text: string): Bytes {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new Error('not hexadecimal');
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

const fromBase64 = (text: string): Bytes => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
