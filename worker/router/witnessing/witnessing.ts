import { verifierKey } from '#lib/audit-log/checkpoint';
import { consistencyPath } from '#lib/audit-log/consistency';
import { cosignatureTime } from '#lib/audit-log/cosignature';
import { subtreeReader } from '#lib/audit-log/read-subtrees';
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
 * Has the log's newest head signed by the hospitals' nodes, each at its own pace: one that is slow, silent or gone keeps
 * nobody waiting. Replicas and nodes sign the same heads, because the newest one of the last half second is taken: heads
 * come more often than that, and a quorum has to meet on one.
 */
export class Witnessing {
  /** The head that each connection's node signed last: a node that comes back has its memory looked at again. */
  readonly #signed = new WeakMap<NodeChannel, bigint>();
  readonly #refusedUntilMs = new WeakMap<NodeChannel, number>();
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
    return (
      !this.#asked.has(channel) &&
      (this.#signed.get(channel) ?? -1n) < head.size &&
      (this.#refusedUntilMs.get(channel) ?? 0) <= Date.now()
    );
  }

  async #ask(context: Context, channel: NodeChannel, head: Head): Promise<void> {
    const { nodeId, name } = channel.facts;
    const known = this.#signed.get(channel);
    let witnessed = await show(context, channel, head, known ?? (await lastSigned(context.pool, nodeId)));
    if ('code' in witnessed && witnessed.code === 'stale') {
      witnessed = await show(context, channel, head, BigInt(witnessed.seenSize));
    }
    if ('line' in witnessed) {
      const timestampS = cosignatureTime(witnessed.line);
      await keepCosignature(context.pool, { head, nodeId, line: witnessed.line, timestampS });
      if (known === undefined || this.#refusedUntilMs.has(channel)) await clearRefusals(context.pool, nodeId);
      this.#refusedUntilMs.delete(channel);
      this.#signed.set(channel, head.size);
      return;
    }
    const { code, reason, seenSize } = witnessed;
    this.#refusedUntilMs.set(channel, Date.now() + REST_MS);
    context.log.error({ node: name, code, reason, seenSize }, 'a witness refused the head of the audit log');
    // Stale twice: another replica had it sign in between. The next head will do.
    if (code !== 'stale') await raiseRefusal(context.pool, { head, nodeId, code, seenSize });
  }
}

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

async function lastSigned(pool: Pool, nodeId: string): Promise<bigint> {
  const found = await pool.query<{ size: bigint | null }>(
    'SELECT max(tree_size) AS size FROM audit_cosignature WHERE node_id = $1',
    [nodeId],
  );
  return found.rows[0]?.size ?? 0n;
}

function logFailure({ log, stopping }: Context, channel: NodeChannel, error: unknown): void {
  if (error instanceof NodeGoneError || stopping.aborted) return;
  log.warn({ node: channel.facts.name, err: error }, 'a witness gave no answer; it is asked again');
}
