import { verifierKey } from '#lib/audit-log/checkpoint';
import { consistencyPath } from '#lib/audit-log/consistency';
import { cosignedAt, witnessVerifierKey } from '#lib/audit-log/cosignature';
import { subtreeReader } from '#lib/audit-log/read-subtrees';
import { withLines } from '#lib/audit-log/signed-note';
import { publicKeyFromRaw } from '#lib/crypto/key-files';
import type { Pool } from '#lib/db/pool';
import { type NodeChannel, NodeGoneError, type Witnessed } from '#lib/nodes/node-channel';
import type { RouterContext } from '../context.ts';
import { clearRefusals, keepCosignature, raiseRefusal } from './keep-verdict.ts';

const ANSWER_MS = 10_000;
/** A node that refused is asked again after this: its refusal is about all heads to come, not about one. */
const REST_MS = 30_000;

type Context = Pick<RouterContext, 'pool' | 'signer' | 'nodes' | 'log' | 'stopping'>;
type Head = { size: bigint; note: string };
/**
 * Of one connection. `signed`: the head that was signed over it; null before the first, so that a node which comes back
 * has its memory looked at even where nothing is new. `kept`: the last one in the database, where a proof begins.
 */
type Memory = { verifierKey: string; kept: bigint; signed: Head | null; restsUntilMs: number };

/**
 * Has the log's newest head signed by the hospitals' nodes, each at its own pace: one that is slow, silent or gone keeps
 * nobody waiting. Replicas and nodes sign the same heads, because the newest one of the last half second is taken: heads
 * come more often than that, and a quorum has to meet on one.
 */
export class Witnessing {
  readonly #memories = new WeakMap<NodeChannel, Memory>();
  readonly #asked = new Map<NodeChannel, Promise<void>>();

  /** Shows the head to every connected node that is not being asked already. Returns how many were. */
  async offer(context: Context, latest = false): Promise<number> {
    const head = await headToWitness(context.pool, latest);
    if (!head) return 0;
    const idle = context.nodes.all().filter((channel) => this.#wants(channel, head));
    for (const channel of idle) {
      const asked = this.#ask(context, channel, head)
        .catch((error: unknown) => logFailure(context, channel, error))
        .finally(() => this.#asked.delete(channel));
      this.#asked.set(channel, asked);
    }
    return idle.length;
  }

  /** Resolves once nobody is being asked any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#asked.values());
  }

  #wants(channel: NodeChannel, head: Head): boolean {
    const memory = this.#memories.get(channel);
    if (this.#asked.has(channel)) return false;
    // Any other head than the one it signed, smaller ones too: a database that went back must not go unseen.
    return !memory || (memory.signed?.note !== head.note && memory.restsUntilMs <= Date.now());
  }

  async #ask(context: Context, channel: NodeChannel, head: Head): Promise<void> {
    const { nodeId, name } = channel.facts;
    const memory = this.#memories.get(channel) ?? (await recall(context.pool, nodeId));
    this.#memories.set(channel, memory);
    let shown = head;
    let witnessed = await show(context, channel, shown, memory.signed?.size ?? memory.kept);
    if (isRefused(witnessed, 'rollback')) {
      // Another replica may have had it sign a newer head since this one was read.
      const seenSize = BigInt(witnessed.seenSize);
      const newest = await headToWitness(context.pool, true);
      if (newest && newest.size > head.size && newest.size >= seenSize) {
        shown = newest;
        witnessed = await show(context, channel, shown, seenSize);
      }
    }
    if (isRefused(witnessed, 'stale')) {
      witnessed = await show(context, channel, shown, BigInt(witnessed.seenSize));
    }
    if ('line' in witnessed) {
      const { line } = witnessed;
      const timestampS = cosignedAt(withLines(shown.note, [line]), memory.verifierKey);
      if (timestampS === null)
        throw new Error('the cosignature is not by the key that is pinned for this node');
      await keepCosignature(context.pool, { head: shown, nodeId, line, timestampS });
      if (memory.signed === null || memory.restsUntilMs > 0) await clearRefusals(context.pool, nodeId);
      Object.assign(memory, { signed: shown, restsUntilMs: 0 });
      return;
    }
    const { code, reason, seenSize } = witnessed;
    memory.restsUntilMs = Date.now() + REST_MS;
    context.log.error({ node: name, code, reason, seenSize }, 'a witness refused the head of the audit log');
    // Stale twice: another replica had it sign in between. The next head will do.
    if (code !== 'stale') await raiseRefusal(context.pool, { head: shown, nodeId, code, seenSize });
  }
}

type Refused = Extract<Witnessed, { code: string }>;

const isRefused = (witnessed: Witnessed, code: Refused['code']): witnessed is Refused =>
  'code' in witnessed && witnessed.code === code;

async function show(
  { pool, signer, stopping }: Context,
  channel: NodeChannel,
  { size, note }: Head,
  oldSize: bigint,
): Promise<Witnessed> {
  // From a head that is larger than this one nothing leads here: the node is to say so.
  const path = oldSize <= size ? await consistencyPath(oldSize, size, subtreeReader(pool)) : [];
  const call = {
    verifierKey: verifierKey(signer.origin, signer.key.publicKey),
    note,
    oldSize: String(oldSize),
    path: path.map((hash) => hash.toString('hex')),
  };
  const signal = AbortSignal.timeout(ANSWER_MS);
  return channel.witness(call, stopping.aborted ? signal : AbortSignal.any([signal, stopping]));
}

/** @param latest the very newest, where no other is to come. */
async function headToWitness(pool: Pool, latest: boolean): Promise<Head | undefined> {
  const found = await pool.query<Head>(
    `SELECT tree_size AS size, note FROM audit_checkpoint
     WHERE $1 OR created_at < to_timestamp(floor(extract(epoch FROM now()) * 2) / 2) ORDER BY tree_size DESC LIMIT 1`,
    [latest],
  );
  return found.rows[0];
}

/** What is known of a node when it connects: its pinned key, and the last head of its that is kept. */
async function recall(pool: Pool, nodeId: string): Promise<Memory> {
  const found = await pool.query<{ key: Buffer | null; kept: bigint | null }>(
    `SELECT identity_key AS key, (SELECT max(tree_size) FROM audit_cosignature WHERE node_id = n.id) AS kept
     FROM node n WHERE id = $1`,
    [nodeId],
  );
  const { key, kept } = found.rows[0] ?? {};
  if (!key) throw new Error('no key is pinned for this node');
  const verifierKey = witnessVerifierKey(nodeId, publicKeyFromRaw(key));
  return { verifierKey, kept: kept ?? 0n, signed: null, restsUntilMs: 0 };
}

function logFailure({ log, stopping }: Context, channel: NodeChannel, error: unknown): void {
  if (error instanceof NodeGoneError || stopping.aborted) return;
  log.warn({ node: channel.facts.name, err: error }, 'a witness gave no signature; it is asked again');
}
