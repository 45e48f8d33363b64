import { type FileHandle, open, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { survivorsHash } from '#lib/secure-aggregation/survivor-set';
import { writeDurably } from '../witness/write-durably.ts';

/** Rounds are over within seconds; a day is kept for whoever looks into what was signed. */
const KEPT_MS = 24 * 3_600_000;

const lineSchema = z.strictObject({
  h: z.string().regex(/^[0-9a-f]{64}$/),
  survivors: z.string().regex(/^[0-9a-f]{64}$/),
  atMs: z.int().positive(),
});

/**
 * Which survivors this node has signed for each round, on disk before it signs: whoever gets it to sign two sets for one
 * round could learn a member's vector.
 */
export class SurvivorLog {
  readonly #file: FileHandle;
  readonly #signed: Map<string, string>;

  private constructor(file: FileHandle, signed: Map<string, string>) {
    this.#file = file;
    this.#signed = signed;
  }

  /** Drops what is older than a day, and a last line that a crash cut off: nothing was signed by it. */
  static async open(path: string, nowMs = Date.now()): Promise<SurvivorLog> {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return '';
    });
    const lines = text
      .split('\n')
      .slice(0, -1)
      .map((line) => lineSchema.parse(JSON.parse(line)))
      .filter(({ atMs }) => atMs > nowMs - KEPT_MS);
    await writeDurably(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const file = await open(path, 'a', 0o600);
    return new SurvivorLog(file, new Map(lines.map(({ h, survivors }) => [h, survivors])));
  }

  /** Resolves once it is on disk: true where these are the round's survivors, false where others were signed before. */
  async record(h: string, survivors: readonly string[], nowMs = Date.now()): Promise<boolean> {
    const hash = survivorsHash(survivors).toString('hex');
    const before = this.#signed.get(h);
    if (before !== undefined) return before === hash;
    this.#signed.set(h, hash);
    await this.#file.appendFile(`${JSON.stringify({ h, survivors: hash, atMs: nowMs })}\n`);
    await this.#file.datasync();
    return true;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
