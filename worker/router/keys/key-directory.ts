import { encodeFrame, FrameError } from '#lib/nodes/frame';
import type { Message } from '#lib/nodes/messages';
import { directoryHashOf, type KeyAnnouncement } from '#lib/secure-aggregation/key-announcement';

export type KeyEpoch = Message<'keyEpoch'>;

type Member = {
  send: (frame: Buffer) => void;
  announcement: KeyAnnouncement | null;
  pinned: ReadonlySet<string>;
  held: Readonly<Record<string, string>>;
};

/** After this nobody waits for keys that are still being agreed: some nodes never will, and others answer without them. */
const SETTLE_MS = 3_000;

/**
 * Carries the nodes' keys from one to the other and keeps what they say of them: which two have pinned each other and
 * share a secret under the same announcements. It cannot read or make keys that nodes would believe; what it gets wrong
 * makes rounds fail, never be read.
 */
export class KeyDirectory {
  readonly #members = new Map<string, Member>();
  readonly #together = new Map<string, boolean>();
  readonly #hashes = new Map<string, string>();
  #waiting: (() => void)[] = [];
  #epoch: KeyEpoch;
  #begunAtMs = Date.now();

  constructor(epoch: KeyEpoch) {
    this.#epoch = epoch;
  }

  get keyEpoch(): number {
    return this.#epoch.keyEpoch;
  }

  /** A new epoch: all nodes announce new keys. */
  begin(epoch: KeyEpoch): void {
    this.#epoch = epoch;
    this.#begunAtMs = Date.now();
    for (const member of this.#members.values()) {
      member.announcement = null;
      member.held = {};
    }
    this.#changed();
    for (const { send } of this.#members.values()) send(encodeFrame('keyEpoch', epoch));
  }

  /** A node is connected and asked for its keys. Returns what ends its part. */
  join(nodeId: string, send: (frame: Buffer) => void): () => void {
    const member: Member = { send, announcement: null, pinned: new Set(), held: {} };
    this.#members.set(nodeId, member);
    this.#begunAtMs = Date.now();
    this.#changed();
    send(encodeFrame('keyEpoch', this.#epoch));
    return () => {
      if (this.#members.get(nodeId) !== member) return;
      this.#members.delete(nodeId);
      this.#changed();
    };
  }

  /** @throws FrameError for keys in another node's name. */
  announced(nodeId: string, { announcement, pinned, held }: Message<'announce'>): void {
    if (announcement.nodeId !== nodeId) throw new FrameError("the keys are another node's");
    const member = this.#members.get(nodeId);
    if (!member || announcement.keyEpoch !== this.keyEpoch) return;
    member.announcement = announcement;
    member.pinned = new Set(pinned);
    member.held = held;
    this.#changed();
    const others = [...this.#members].filter(([id, { announcement }]) => id !== nodeId && announcement);
    const { keyEpoch } = this;
    member.send(
      encodeFrame('directory', {
        keyEpoch,
        announcements: others.map(([, { announcement }]) => announcement!),
      }),
    );
    const own = encodeFrame('directory', { keyEpoch, announcements: [announcement] });
    for (const [, other] of others) other.send(own);
  }

  /** @throws FrameError for an exchange in another node's name. */
  paired(nodeId: string, { keyEpoch, pinned, held, encapsulations }: Message<'pairs'>): void {
    if (encapsulations.some(({ from }) => from !== nodeId))
      throw new FrameError("the exchange is another node's");
    const member = this.#members.get(nodeId);
    if (!member || keyEpoch !== this.keyEpoch) return;
    member.pinned = new Set(pinned);
    member.held = held;
    this.#changed();
    for (const encapsulation of encapsulations) {
      const to = this.#members.get(encapsulation.to);
      to?.send(encodeFrame('encapsulations', { keyEpoch, encapsulations: [encapsulation] }));
    }
  }

  /** Whether both have pinned each other and say that they share a secret under the keys that are here. */
  areTogether(a: string, b: string): boolean {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    const known = this.#together.get(key);
    if (known !== undefined) return known;
    const [one, other] = [this.#members.get(a), this.#members.get(b)];
    const together =
      this.#mayMeet(a, b) &&
      one!.held[b] === other!.held[a] &&
      one!.held[b] === directoryHashOf([one!.announcement!, other!.announcement!]);
    this.#together.set(key, together);
    return together;
  }

  /** Names the keys of a cohort, all of whose members have announced some; null where one has not. */
  directoryHash(cohort: readonly string[]): string | null {
    const key = cohort.join();
    const known = this.#hashes.get(key);
    if (known) return known;
    const announcements = cohort.flatMap((id) => this.#members.get(id)?.announcement ?? []);
    if (announcements.length !== cohort.length) return null;
    const hash = directoryHashOf(announcements);
    this.#hashes.set(key, hash);
    return hash;
  }

  /** Resolves when every two of these that have pinned each other share a secret, or when it is not worth the wait. */
  async settled(nodeIds: readonly string[]): Promise<void> {
    const untilMs = this.#begunAtMs + SETTLE_MS;
    while (!this.#isSettled(nodeIds) && Date.now() < untilMs) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push(resolve);
      const timer = setTimeout(resolve, untilMs - Date.now());
      await promise;
      clearTimeout(timer);
    }
  }

  #isSettled(nodeIds: readonly string[]): boolean {
    if (nodeIds.some((id) => this.#members.has(id) && !this.#members.get(id)!.announcement)) return false;
    return nodeIds.every((a) =>
      nodeIds.every((b) => a >= b || !this.#mayMeet(a, b) || this.areTogether(a, b)),
    );
  }

  #mayMeet(a: string, b: string): boolean {
    const [one, other] = [this.#members.get(a), this.#members.get(b)];
    return Boolean(one?.announcement && other?.announcement && one.pinned.has(b) && other.pinned.has(a));
  }

  #changed(): void {
    this.#together.clear();
    this.#hashes.clear();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
