import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, truncateSync } from 'node:fs';
import { z } from 'zod';
import { canonicalJson } from '#lib/crypto/canonical-json';
import { appendAndSync } from './durable-files.ts';
import { subkey } from './sealed.ts';
import { RecordStoreError } from './store-error.ts';

export type Verb = 'restrict' | 'lift' | 'erase';

const decisionSchema = z.strictObject({
  seq: z.int().positive(),
  at: z.string(),
  verb: z.enum(['restrict', 'lift', 'erase']),
  /** Tags of every Patient resource that is this person: an HMAC is all that is left of somebody erased. */
  tags: z.array(z.string()).min(1),
  prevMac: z.string(),
  mac: z.string(),
});
export type Decision = z.infer<typeof decisionSchema>;

/** What holds now, and the end of the list. */
export type Decisions = {
  restricted: ReadonlySet<string>;
  erased: ReadonlySet<string>;
  head: { seq: number; mac: string };
};

/**
 * What was decided about patients, oldest first, a line each, chained by MACs under a key from the shard key. It lies beside
 * the store and not in it: a store that is lost and made anew leaves the same people out.
 */
export function readDecisions(path: string, shardKey: Uint8Array): Decisions {
  const restricted = new Set<string>();
  const erased = new Set<string>();
  let head = { seq: 0, mac: '' };
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  // A line without its end was never promised to anybody.
  for (const line of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) {
    if (line === '') continue;
    const decision = checked(line, head, shardKey, path);
    for (const tag of decision.tags) {
      if (decision.verb === 'erase') erased.add(tag);
      else if (decision.verb === 'restrict') restricted.add(tag);
      else restricted.delete(tag);
    }
    head = { seq: decision.seq, mac: decision.mac };
  }
  return { restricted, erased, head };
}

/** Throws unless the list goes at least as far as one that was seen before. */
export function requireNoneLost({ head }: Decisions, seen: Decisions['head'], path: string): void {
  if (head.seq > seen.seq || (head.seq === seen.seq && head.mac === seen.mac)) return;
  throw new RecordStoreError(
    `${path} holds ${head.seq} decisions about patients and the store has seen ${seen.seq}: put back the file that holds them all.`,
  );
}

export async function appendDecision(
  path: string,
  shardKey: Uint8Array,
  last: Decisions['head'],
  { verb, tags }: { verb: Verb; tags: string[] },
  now: Date,
): Promise<Decision> {
  const decision = { seq: last.seq + 1, at: now.toISOString(), verb, tags, prevMac: last.mac };
  const signed = { ...decision, mac: macOf(decision, shardKey) };
  dropHalfLine(path);
  await appendAndSync(path, `${JSON.stringify(signed)}\n`);
  return signed;
}

/** What a crash may have left of a line that nobody was promised. */
function dropHalfLine(path: string): void {
  if (!existsSync(path)) return;
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf('\n') + 1;
  if (end < bytes.length) truncateSync(path, end);
}

function checked(line: string, last: Decisions['head'], shardKey: Uint8Array, path: string): Decision {
  try {
    const { mac, ...decision } = decisionSchema.parse(JSON.parse(line));
    const follows = decision.seq === last.seq + 1 && decision.prevMac === last.mac;
    if (follows && mac === macOf(decision, shardKey)) return { ...decision, mac };
  } catch {
    // Said below.
  }
  throw new RecordStoreError(
    `${path} is damaged after ${last.seq} decisions: put back a whole copy. Nobody may be asked about patients whose refusal could be lost.`,
  );
}

function macOf(decision: Omit<Decision, 'mac'>, shardKey: Uint8Array): string {
  return createHmac('sha256', subkey(shardKey, 'decisions')).update(canonicalJson(decision)).digest('hex');
}
