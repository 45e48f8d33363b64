import { parseCheckpoint } from '../checkpoint.ts';
import type { AuditEvent } from '../events.ts';
import { leafHash, type Subtree } from '../merkle.ts';
import { TILE_WIDTH, type Tile, tilesOf } from '../tile-path.ts';
import type { Finding } from './finding.ts';
import { GrowingTree } from './growing-tree.ts';
import { type Head, openHeads, type Witnessed, witnessedBy } from './heads.ts';
import { LeafFaults } from './leaf-faults.ts';
import type { LogSource } from './log-source.ts';
import { readEvent } from './read-event.ts';
import { Refusals } from './refusals.ts';

/** Tiles that are on their way at once. */
const AHEAD = 8;

export type VerifyOptions = {
  verifierKey: string;
  witnessKeys: readonly string[];
  quorum: number;
  /** Notes of heads that somebody kept: an auditor, a witness. */
  known: readonly string[];
  onProgress?: (done: bigint, size: bigint) => void;
  /** Each entry whose text can be read, in order. */
  onEvent?: (event: AuditEvent) => void;
};

export type LogReport = {
  size: bigint;
  checkpoints: number;
  witnessed: Witnessed;
  /** Entries after the head that witnesses were looked for on: in a log that goes on, those of the last moment. */
  newerEntries: bigint;
  findings: Finding[];
};

/**
 * Reads a whole log and recomputes it: entries to hashes, hashes to the roots of every head that was ever signed, which
 * proves each of them consistent with the last. What does not hold is named.
 */
export async function verifyLog(source: LogSource, options: VerifyOptions): Promise<LogReport> {
  const { verifierKey, witnessKeys, quorum, known, onProgress = () => {} } = options;
  const shown = await source.head();
  const notes = await source.checkpoints();
  const kept = openHeads(shown === null ? notes : [...notes, shown], 'kept', verifierKey);
  const remembered = openHeads(known, 'known', verifierKey);
  const findings = [...kept.findings, ...remembered.findings];

  const newest = kept.heads.at(-1);
  const size = newest?.size ?? 0n;
  const beyond = remembered.heads.filter((head) => head.size > size);
  findings.push(...beyond.map((head) => rolledBack(head.size, size, 'a head that somebody kept has')));
  const lastCosigned = (await source.cosignedSizes()).at(-1) ?? 0n;
  if (lastCosigned > size) findings.push(rolledBack(lastCosigned, size, 'witnesses signed one of'));
  const isEmpty = shown === null && size === 0n;
  const { findings: unwitnessed, ...witnessed } = witnessedBy(
    shown ?? NO_NOTE,
    witnessKeys,
    isEmpty ? 0 : quorum,
  );
  findings.push(...unwitnessed);

  const heads = [...kept.heads, ...remembered.heads.filter((head) => head.size <= size)];
  const faults = new LeafFaults();
  const refusals = new Refusals();
  const trees = await readTree(source, {
    size,
    heads,
    faults,
    onProgress,
    onEvent: (event) => {
      refusals.add(event);
      options.onEvent?.(event);
    },
  });
  findings.push(
    ...faults.findings(),
    ...trees.unreadable.map(unreadable),
    ...rootFindings(trees.mismatches, newest, faults),
    ...refusals.findings(),
    // Around a hash that is missing everything differs.
    ...(faults.count === 0 ? trees.wrongSubtrees : []),
    ...((await source.keptWrong?.(size)) ?? []),
  );
  if (faults.count === 0) findings.push(...(await tileFindings(source, trees.entries, size)));
  const newerEntries = size - sizeOf(shown);
  return { size, checkpoints: notes.length, witnessed, newerEntries, findings: unique(findings) };
}

function sizeOf(note: string | null): bigint {
  try {
    return note === null ? 0n : parseCheckpoint(note).size;
  } catch {
    return 0n;
  }
}

const unreadable = (index: bigint): Finding => ({
  attack: 'altered_leaf',
  detail: `Entry ${index} is no entry that this log writes: nothing can be recomputed from it.`,
});

const rolledBack = (seen: bigint, size: bigint, who: string): Finding => ({
  attack: 'rolled_back',
  detail: `The newest head has ${size} entries, and ${who} ${seen}: the log is an older one than was shown before.`,
});

type Mismatch = { head: Head; entriesDiffer: boolean; storedDiffer: boolean };
type Reading = {
  size: bigint;
  heads: readonly Head[];
  faults: LeafFaults;
  onProgress: (done: bigint, size: bigint) => void;
  onEvent: (event: AuditEvent) => void;
};

/** Grows the tree of the entries, and that of the hashes that the log publishes, from head to head. */
async function readTree(source: LogSource, { size, heads, faults, onProgress, onEvent }: Reading) {
  const trees = {
    entries: new GrowingTree(),
    stored: new GrowingTree(),
    mismatches: [] as Mismatch[],
    /** Entries that are what the tree has, and that nothing can be counted from. */
    unreadable: [] as bigint[],
    /** Stored subtrees that their own leaves do not give. */
    wrongSubtrees: [] as Finding[],
  };
  const waiting = heads.toSorted((a, b) => (a.size < b.size ? -1 : a.size > b.size ? 1 : 0));
  const checkHeads = () => {
    while (waiting[0] && waiting[0].size === trees.entries.size) {
      const head = waiting.shift()!;
      const entriesDiffer = !trees.entries.root.equals(head.root);
      const storedDiffer = !trees.stored.root.equals(head.root);
      if (entriesDiffer || storedDiffer) trees.mismatches.push({ head, entriesDiffer, storedDiffer });
    }
  };
  checkHeads();
  for await (const { tile, entries, hashes } of tilesAhead(source, size)) {
    const first = tile.index * BigInt(TILE_WIDTH);
    const completed: Subtree[] = [];
    const computed = entries.map((entry, i) => {
      const hash = entry && leafHash(entry);
      const stored = hashes[i] ?? null;
      const holds = hash !== null && stored !== null && hash.equals(stored);
      if (!holds) faults.add(first + BigInt(i), hash, stored);
      const event = entry && readEvent(entry);
      if (event) onEvent(event);
      else if (holds) trees.unreadable.push(first + BigInt(i));
      return { entry: hash ?? stored ?? MISSING, stored: stored ?? MISSING };
    });
    for (let at = 0; at < computed.length; ) {
      const next = waiting[0] ? Number(waiting[0].size - first) : computed.length;
      const end = Math.min(Math.max(next, at + 1), computed.length);
      const part = computed.slice(at, end);
      trees.entries.append(part.map((hash) => hash.entry));
      completed.push(...trees.stored.append(part.map((hash) => hash.stored)));
      checkHeads();
      at = end;
    }
    trees.wrongSubtrees.push(...(await wrongSubtrees(source, completed)));
    onProgress(trees.entries.size, size);
  }
  return trees;
}

/** Nobody has signed it. */
const NO_NOTE = '\n\n';

/** Stands for a hash that is nowhere: no root comes out right with it. */
const MISSING = Buffer.alloc(32);

async function* tilesAhead(source: LogSource, size: bigint) {
  const read = async (tile: Tile) => {
    const [entries, hashes] = await Promise.all([source.entries(tile), source.hashes({ ...tile, level: 0 })]);
    return { tile, entries, hashes };
  };
  const onTheirWay: ReturnType<typeof read>[] = [];
  for (const tile of tilesOf(null, size)) {
    const reading = read(tile);
    // Awaited in its turn; until then its failure is nobody's.
    reading.catch(() => {});
    onTheirWay.push(reading);
    if (onTheirWay.length >= AHEAD) yield await onTheirWay.shift()!;
  }
  for (const reading of onTheirWay) yield await reading;
}

/** What heads say that the entries do not give. Faults that were named leaf by leaf are not named again. */
function rootFindings(
  mismatches: readonly Mismatch[],
  newest: Head | undefined,
  faults: LeafFaults,
): Finding[] {
  const explained = ({ entriesDiffer, storedDiffer }: Mismatch) =>
    entriesDiffer && !storedDiffer && faults.count > 0;
  const rest = mismatches.filter((mismatch) => !explained(mismatch));
  const newestDiffers = rest.some(({ head }) => head.from === 'kept' && head.size === newest?.size);
  const kept = rest.filter(({ head }) => head.from === 'kept');
  const findings: Finding[] = rest
    .filter(({ head }) => head.from === 'known')
    .map(({ head }) => ({
      attack: 'fork',
      detail: `A head of ${head.size} entries that somebody kept has another root than the log has there: two histories under one key.`,
    }));
  if (newestDiffers && kept.length > 0) {
    findings.push({
      attack: 'rewritten_history',
      detail: `The entries do not give the root of the signed head of ${kept[0]!.head.size} entries, nor of any after it; something before was changed and the hashes were made to fit.`,
    });
  } else {
    findings.push(
      ...kept.map(
        ({ head }): Finding => ({
          attack: 'fork',
          detail: `The log's key signed a head of ${head.size} entries with another root than the log has there.`,
        }),
      ),
    );
  }
  return findings;
}

async function wrongSubtrees(source: LogSource, completed: readonly Subtree[]): Promise<Finding[]> {
  const inner = completed.filter(({ level }) => level > 0);
  const stored = (await source.subtrees?.(inner)) ?? inner.map(({ hash }) => hash);
  return inner
    .filter(({ hash }, i) => !stored[i]?.equals(hash))
    .map(({ level, index }) => ({
      attack: 'wrong_tile',
      detail: `The stored hash ${index} of level ${level} is not what its entries give: proofs over it fail.`,
    }));
}

/** Tiles above the lowest: proofs are made of them. */
async function tileFindings(source: LogSource, tree: GrowingTree, size: bigint): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [level, hashes] of tree.upper) {
    for (const tile of tilesOf(level, size)) {
      const first = Number(tile.index) * TILE_WIDTH;
      const published = await source.hashes(tile);
      const wrong = published.findIndex((hash, i) => !hash?.equals(hashes[first + i]!));
      if (wrong < 0) continue;
      const detail = `Hash ${first + wrong} of tile level ${level} is not what the entries give: proofs over it fail.`;
      findings.push({ attack: 'wrong_tile', detail });
    }
  }
  return findings;
}

const unique = (findings: readonly Finding[]) => [
  ...new Map(findings.map((finding) => [`${finding.attack} ${finding.detail}`, finding])).values(),
];
