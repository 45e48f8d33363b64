import type { Database } from '#lib/db/prisma';
import { changedNodes, type NodeStates, nodeStates } from './node-changes.ts';
import { headIndex, type LiveLeaf, leavesAfter } from './read-leaves.ts';
import type { OwnedChange } from './visible-changes.ts';

type Listener = { onLeaves: () => void; onNodes: (changes: OwnedChange[]) => void };

export type HubOptions = {
  db: Database;
  /** Calls back when there may be new leaves; returns the way to stop. Losing a call only costs time: see POLL_MS. */
  listen: (wake: () => void) => () => void;
  onError: (error: unknown) => void;
  pollMs?: number;
  nodesMs?: number;
};

/** Looked at whether or not anybody notified: notifications are lost with a connection, or never come (poolers). */
const POLL_MS = 2_000;
const NODES_MS = 5_000;
const READ_AT_ONCE = 500;
/** Leaves kept for readers that are a little behind, so that each wake-up is read once for all of them. */
const KEPT = 2_000;

/**
 * One per web process: reads new leaves and node states once, whoever and however many look on. Works while somebody
 * listens and holds nothing open otherwise.
 */
export class LiveHub {
  readonly #options: HubOptions;
  readonly #listeners = new Set<Listener>();
  #recent: LiveLeaf[] = [];
  #head: bigint | null = null;
  #reading: Promise<void> | null = null;
  #again = false;
  #nodes: NodeStates | null = null;
  #stop: (() => void) | null = null;

  constructor(options: HubOptions) {
    this.#options = options;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Index of the newest leaf. */
  async head(): Promise<bigint> {
    return headIndex(this.#options.db);
  }

  /** Leaves after the cursor; empty when there are none yet. */
  async after(cursor: bigint): Promise<LiveLeaf[]> {
    const oldest = this.#recent[0]?.index;
    if (this.#head !== null && cursor >= this.#head) return [];
    if (oldest !== undefined && cursor >= oldest - 1n)
      return this.#recent.filter(({ index }) => index > cursor);
    return leavesAfter(this.#options.db, cursor, READ_AT_ONCE);
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#rest();
    };
  }

  #start(): void {
    const { listen, pollMs = POLL_MS, nodesMs = NODES_MS } = this.#options;
    const wake = () => void this.#read();
    const stopListening = listen(wake);
    const poll = setInterval(wake, pollMs);
    const look = setInterval(() => void this.#look(), nodesMs);
    wake();
    void this.#look();
    this.#stop = () => {
      stopListening();
      clearInterval(poll);
      clearInterval(look);
    };
  }

  #rest(): void {
    this.#stop?.();
    this.#stop = null;
    this.#recent = [];
    this.#head = null;
    this.#nodes = null;
  }

  /** One reading at a time; a wake-up during one is answered by another after it. */
  #read(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return this.#reading;
    }
    this.#reading = this.#readOn()
      .catch(this.#options.onError)
      .finally(() => {
        this.#reading = null;
        if (!this.#again) return;
        this.#again = false;
        void this.#read();
      });
    return this.#reading;
  }

  async #readOn(): Promise<void> {
    for (;;) {
      this.#head ??= await headIndex(this.#options.db);
      const leaves = await leavesAfter(this.#options.db, this.#head, READ_AT_ONCE);
      const last = leaves.at(-1);
      // Nobody listens any more: what was read belongs to no window.
      if (!last || !this.#stop) return;
      this.#recent = [...this.#recent, ...leaves].slice(-KEPT);
      this.#head = last.index;
      for (const listener of this.#listeners) listener.onLeaves();
    }
  }

  async #look(): Promise<void> {
    try {
      const now = await nodeStates(this.#options.db);
      const before = this.#nodes;
      if (!this.#stop) return;
      this.#nodes = now;
      const changes = before ? changedNodes(before, now) : [];
      if (changes.length > 0) for (const listener of this.#listeners) listener.onNodes(changes);
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
