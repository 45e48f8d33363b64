import { createHash, type KeyObject } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCheckpoint } from '#lib/audit-log/checkpoint';
import { cosign } from '#lib/audit-log/cosignature';
import { type HeadOffer, type Judgement, judgeHead, type Seen } from '#lib/audit-log/judge-head';
import type { Logger } from '#lib/log';
import { writeDurably } from './write-durably.ts';

/** Evidence is kept of so many heads at most: whoever shows false ones must not fill the hospital's disk. */
const MOST_EVIDENCE = 200;

export type WitnessOptions = { folder: string; nodeId: string; identity: KeyObject; log: Logger };
export type Cosigned = { line: string };

/**
 * The hospital's memory of the audit log: the key it learnt at its first connection, and the last head it signed. It
 * signs a head only if that one continues the last, and only once it is on disk that it does; what does not, it keeps
 * as evidence beside it, with both notes. Folder: `log-key`, `head`, `evidence/`.
 */
export class Witness {
  readonly #options: WitnessOptions;
  #seen: Seen | null;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(options: WitnessOptions, seen: Seen | null) {
    this.#options = options;
    this.#seen = seen;
  }

  /** Throws when what is there cannot be read: a witness that has forgotten would sign anything. */
  static async open(options: WitnessOptions): Promise<Witness> {
    await mkdir(join(options.folder, 'evidence'), { recursive: true, mode: 0o700 });
    const verifierKey = await readIfThere(join(options.folder, 'log-key'));
    const note = await readIfThere(join(options.folder, 'head'));
    if (note !== null && verifierKey === null) {
      throw new Error(
        `${options.folder} holds a head and not the key it was signed with; a person must look.`,
      );
    }
    try {
      if (note !== null) parseCheckpoint(note);
    } catch (cause) {
      throw new Error(`${join(options.folder, 'head')} is damaged; a person must look.`, { cause });
    }
    return new Witness(options, verifierKey === null ? null : { verifierKey: verifierKey.trim(), note });
  }

  /** One head after the other: two must never both continue the same one. */
  answer(offer: HeadOffer, now = new Date()): Promise<Cosigned | Exclude<Judgement, { accepted: unknown }>> {
    const next = this.#last.then(() => this.#judge(offer, now));
    this.#last = next.catch(() => {});
    return next;
  }

  async #judge(offer: HeadOffer, now: Date) {
    const { folder, nodeId, identity, log } = this.#options;
    const judgement = judgeHead(this.#seen, offer);
    if ('refused' in judgement) {
      if (judgement.refused !== 'stale') {
        log.error(
          { code: judgement.refused, reason: judgement.reason },
          "refused a head of the router's audit log",
        );
        await this.#keepEvidence(offer, judgement.refused, now);
      }
      return judgement;
    }
    if (!this.#seen) await writeDurably(join(folder, 'log-key'), `${offer.verifierKey}\n`);
    if (this.#seen?.note !== offer.note) await writeDurably(join(folder, 'head'), offer.note);
    this.#seen = { verifierKey: offer.verifierKey, note: offer.note };
    return { line: cosign(offer.note, nodeId, identity, BigInt(Math.floor(now.getTime() / 1000))) };
  }

  async #keepEvidence(offer: HeadOffer, code: string, now: Date): Promise<void> {
    const folder = join(this.#options.folder, 'evidence');
    const kept = await readdir(folder);
    const name = `${createHash('sha256').update(offer.note).digest('hex').slice(0, 16)}.json`;
    if (kept.includes(name) || kept.length >= MOST_EVIDENCE) return;
    const evidence = {
      at: now.toISOString(),
      code,
      pinnedKey: this.#seen?.verifierKey ?? null,
      signed: this.#seen?.note ?? null,
      offered: offer.note,
      offeredKey: offer.verifierKey,
      oldSize: String(offer.oldSize),
      consistencyProof: offer.path.map((hash) => hash.toString('hex')),
    };
    await writeDurably(join(folder, name), `${JSON.stringify(evidence, null, 2)}\n`);
  }
}

function readIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
