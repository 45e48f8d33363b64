import type { Pool } from '../../lib/db/pool.ts';
import type { Row } from '../lib/result-json.ts';
import { table } from '../lib/table.ts';
import { middle } from './ratios.ts';
import { FEW, keyOf, MANY, PLACES, type Speed, WAYS } from './speed.ts';

const NAMES = {
  plain: 'one a transaction, plainly written',
  one: 'one a transaction, our statements',
  group: 'group commit',
};

/** What every way reached, as medians. */
export function speedTable(speed: Speed): string {
  const ways = [MANY, ...FEW].flatMap((callers) =>
    PLACES.flatMap((place) =>
      WAYS.map((way) => ({ key: keyOf(way, place, callers), name: NAMES[way], place, callers })),
    ),
  );
  const batch = {
    key: keyOf('batch', 'spread', 1),
    name: '200 a statement (the limit)',
    place: 'spread' as const,
    callers: 1,
  };
  return table(
    ['way', 'accounts', 'callers', 'debits/s', 'p50 ms', 'p99 ms', 'Node us', 'Postgres us'],
    [...ways, batch].map(({ key, name, place, callers }) => [
      name,
      place === 'hot' ? '1 hot' : '1,000',
      String(callers),
      middle(speed, key, (sample) => sample.ratePerS).toFixed(0),
      middle(speed, key, (sample) => sample.p50Ms).toFixed(1),
      middle(speed, key, (sample) => sample.p99Ms).toFixed(1),
      middle(speed, key, (sample) => sample.nodeUs).toFixed(0),
      middle(speed, key, (sample) => sample.serverUs).toFixed(0),
    ]),
  );
}

export function rowsTable(rows: readonly Row[]): string {
  return table(
    ['id', 'what', 'value', 'aim', ''],
    rows.map(({ id, metric, value, unit, target, met }) => [
      id,
      metric,
      unit === 'ratio' ? value.toFixed(2) : String(value),
      target === null ? '' : String(target),
      met === null ? '' : met ? 'met' : 'MISSED',
    ]),
  );
}

const SETTINGS = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'shared_buffers',
  'max_wal_size',
  'wal_compression',
  'data_checksums',
  'autovacuum',
];

/** What the server runs with: the product's own settings. */
export async function settingsOf(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ name: string; value: string }>(
    `SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY($1) ORDER BY name`,
    [SETTINGS],
  );
  const version = await pool.query<{ server_version: string }>('SHOW server_version');
  return `Postgres ${version.rows[0]?.server_version}: ${rows.map(({ name, value }) => `${name} ${value}`).join(', ')}.`;
}
