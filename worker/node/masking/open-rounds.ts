import type { SurvivorRound } from '#lib/secure-aggregation/survivor-round';

type OpenRound = { round: SurvivorRound; deadlineMs: number };

/** Rounds this node has contributed to whose masks the survivors have yet to take away. In memory only, like their keys. */
export class OpenRounds {
  readonly #rounds = new Map<string, OpenRound>();

  /** @param h the round's name, hex. */
  add(h: string, open: OpenRound): void {
    this.#rounds.set(h, open);
  }

  /** Null for a round that is not open here, or whose time is over. */
  get(h: string, nowMs: number): SurvivorRound | null {
    const open = this.#rounds.get(h);
    return open && open.deadlineMs >= nowMs ? open.round : null;
  }

  forgetPast(nowMs: number): void {
    for (const [h, { deadlineMs }] of this.#rounds) if (deadlineMs < nowMs) this.#rounds.delete(h);
  }
}
