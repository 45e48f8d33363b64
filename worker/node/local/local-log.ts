import { createHash, createHmac } from 'node:crypto';
import { existsSync, readFileSync, truncateSync } from 'node:fs';
import { canonicalJson } from '#lib/crypto/canonical-json';
import { oneAtATime } from '../loading/one-at-a-time.ts';
import { appendAndSync } from '../record-store/durable-files.ts';

/** One local question: who, when, what for. The prompt itself is kept nowhere, only an HMAC by which it can be matched. */
export type LocalEntry = {
  at: string;
  requestId: string;
  keyId: string;
  name: string;
  purpose: string;
  kind: 'vote' | 'text';
  promptTag: string;
};
type Line = LocalEntry & { seq: number; prevHash: string };

const hashOf = (line: Line) => createHash('sha256').update(canonicalJson(line)).digest('hex');

/**
 * The node's own log of local questions: a line each, every one naming the hash of the one before, on disk before the
 * question is answered. Nothing of it goes to the router.
 */
export class LocalLog {
  readonly #file: string;
  readonly #tagKey: Uint8Array;
  readonly #inTurn = oneAtATime();
  #head: { seq: number; hash: string };

  private constructor(file: string, tagKey: Uint8Array, head: { seq: number; hash: string }) {
    this.#file = file;
    this.#tagKey = tagKey;
    this.#head = head;
  }

  /** @throws when a line was changed or taken out. */
  static open(file: string, tagKey: Uint8Array): LocalLog {
    let head = { seq: 0, hash: '' };
    const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    const end = bytes.lastIndexOf('\n') + 1;
    // Half a line was never on disk in full, so nothing was answered for it.
    if (end < bytes.length) truncateSync(file, end);
    for (const text of bytes.subarray(0, end).toString('utf8').split('\n')) {
      if (text === '') continue;
      const line = parsed(text);
      if (line?.seq !== head.seq + 1 || line.prevHash !== head.hash)
        throw new Error(`${file} was changed after ${head.seq} lines: a person must look.`);
      head = { seq: line.seq, hash: hashOf(line) };
    }
    return new LocalLog(file, tagKey, head);
  }

  /** Resolves when it is on disk. @throws when it cannot be: then nothing is answered. */
  note(entry: Omit<LocalEntry, 'promptTag'>, prompt: string): Promise<void> {
    return this.#inTurn(async () => {
      const promptTag = createHmac('sha256', this.#tagKey).update(prompt, 'utf8').digest('hex');
      const line = { ...entry, promptTag, seq: this.#head.seq + 1, prevHash: this.#head.hash };
      await appendAndSync(this.#file, `${JSON.stringify(line)}\n`);
      this.#head = { seq: line.seq, hash: hashOf(line) };
    });
  }
}

function parsed(text: string): Line | null {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return null;
  }
}
