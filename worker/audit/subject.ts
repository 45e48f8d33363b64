import type { AuditFederation } from './federation.ts';
import type { Side } from './scenario.ts';

/** One sample of an attack: what the attacker saw, and the requests that it took. */
export type Sample = { answer: string; requestIds: readonly string[] };

/**
 * What is audited: one way of asking the real API, and what of the replies an attacker would look at. What it costs is
 * not said here: the ledger says it.
 */
export type Subject = {
  id: string;
  /** As the report and the console call it. */
  mechanism: 'vote' | 'consensus' | 'short-answer';
  title: string;
  /** Asks once, or several times for one joint sample, and reports what came back. */
  ask(federation: AuditFederation, side: Side): Promise<Sample>;
};
