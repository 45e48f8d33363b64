import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from './pool.ts';

const names = new Map<string, string>();

/** A statement's name on its connection: the same text always has the same one. */
function nameOf(text: string): string {
  const name = names.get(text) ?? createHash('sha256').update(text).digest('hex').slice(0, 32);
  names.set(text, name);
  return name;
}

/** The same, but a connection parses a statement with parameters once: for work that repeats few of them often. */
export function prepared<Db extends Pool | PoolClient>(db: Db): Db {
  const query = (text: string, values?: unknown[]) =>
    values === undefined ? db.query(text) : db.query({ name: nameOf(text), text, values });
  return new Proxy(db, { get: (target, key) => (key === 'query' ? query : Reflect.get(target, key)) });
}
