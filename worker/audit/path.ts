import type { Side } from './scenario.ts';

/** One question of an attack. */
export type Question = {
  /** Which of the two neighbouring federations is asked. */
  side: Side;
  prompt: string;
  /** Absent for free text. */
  labels?: readonly string[];
  privacy: { epsilon: number } & Record<string, unknown>;
  idempotencyKey?: string;
};

export type Answer = { content: string; requestId: string };

/** A way to the mechanism: what is audited is what lies behind it. */
export type Path = {
  ask(question: Question): Promise<Answer>;
  /** What these requests were charged for the patient in question, pico-rho by request id. */
  chargesOf(requestIds: readonly string[]): Promise<ReadonlyMap<string, bigint>>;
};
