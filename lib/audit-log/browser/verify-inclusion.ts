import { fromHex, hex, leafHash, nodeHash, utf8 } from './bytes.ts';
import { parseKey, readHead, signatureHolds } from './signed-note.ts';
import { type CheckResult, together, tried } from './tried.ts';

export type { CheckResult };

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
export type Verdict = { checks: Record<Check, CheckResult>; overall: CheckResult };

export async function verifyInclusion(claim: InclusionClaim): Promise<Verdict> {
  const checks = {
    entry: await tried(async () => hex(await leafHash(utf8(claim.entry))) === claim.leafHash),
    path: await tried(async () => (await climb(claim))?.root === claim.rootHash),
    head: await tried(async () => headSays(claim)),
    signature: await tried(() => signatureHolds(claim.checkpoint, claim.verifierKey)),
  };
  return { checks, overall: together(Object.values(checks)) };
}

/** One step up the tree: the sibling's side, and what both hash to. */
export type Step = { sibling: string; side: 'left' | 'right'; parent: string };
export type Climb = { steps: Step[]; root: string };

/** Walks from the leaf to the root (RFC 9162 section 2.1.3.2); null where the path has the wrong length. */
export async function climb(
  claim: Pick<InclusionClaim, 'leafHash' | 'leafIndex' | 'treeSize' | 'path'>,
): Promise<Climb | null> {
  let fn = BigInt(claim.leafIndex);
  let sn = BigInt(claim.treeSize) - 1n;
  if (fn < 0n || fn > sn) return null;
  let root = fromHex(claim.leafHash);
  const steps: Step[] = [];
  for (const text of claim.path) {
    if (sn === 0n) return null;
    const sibling = fromHex(text);
    const isRight = Boolean(fn & 1n) || fn === sn;
    root = isRight ? await nodeHash(sibling, root) : await nodeHash(root, sibling);
    steps.push({ sibling: text, side: isRight ? 'left' : 'right', parent: hex(root) });
    while (isRight && !(fn & 1n) && fn !== 0n) {
      fn >>= 1n;
      sn >>= 1n;
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n ? { steps, root: hex(root) } : null;
}

/** The head's own text names this tree: its origin is the key's, its size and root are the proof's. */
function headSays({ checkpoint, verifierKey, treeSize, rootHash }: InclusionClaim): boolean {
  const head = readHead(checkpoint);
  return (
    head.origin === parseKey(verifierKey).name && head.size === String(treeSize) && head.rootHash === rootHash
  );
}
