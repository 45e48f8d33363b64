import type { Pool, PoolClient } from '#lib/db/pool';
import { chargeAbandoned } from '../charge-abandoned.ts';
import type { Ledger } from '../ledger.ts';

/** A ledger under test, good or broken on purpose. */
export type Subject = {
  name: string;
  /** Whether moves commit together: then a warning at one's COMMIT makes the others' outcome unknown too. */
  sharesCommits: boolean;
  open(pool: Pool): Ledger;
  /** Charges what is past its time; returns how many. The product's unless told otherwise. */
  reap?(pool: Pool, ledger: Ledger): Promise<number>;
  /** Sees every connection before its first use: where mutants change what is sent. */
  onConnect?(client: PoolClient): void;
  /** What a mutant takes from the database. */
  weaken?: string;
};

export const reapBy = (subject: Subject) =>
  subject.reap ?? ((pool: Pool, ledger: Ledger) => chargeAbandoned(pool, null, ledger));

type Query = (...args: unknown[]) => unknown;

/** Lets a statement be changed on its way out, as text or with its values. The name it is prepared under stays. */
export function rewriteStatements(client: PoolClient, rewrite: (text: string) => string): void {
  const query = client.query.bind(client) as Query;
  const changed = (sent: unknown) => {
    if (typeof sent === 'string') return rewrite(sent);
    return isConfig(sent) ? { ...sent, text: rewrite(sent.text) } : sent;
  };
  client.query = ((sent: unknown, ...rest: unknown[]) =>
    query(changed(sent), ...rest)) as typeof client.query;
}

/** Calls back with the SQLSTATE of each statement that the server refuses. */
export function watchErrors(client: PoolClient, onCode: (code: string) => void): void {
  client.connection.on('errorMessage', (error: { code?: string }) => onCode(error.code ?? ''));
}

const isConfig = (sent: unknown): sent is { text: string } =>
  typeof sent === 'object' && sent !== null && 'text' in sent && !('submit' in sent);
