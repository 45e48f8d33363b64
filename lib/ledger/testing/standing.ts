import type { Pool } from '#lib/db/pool';
import type { Model } from './model.ts';

/** What the database holds of a game, in the model's words. */
export type Standing = { accounts: string[]; requests: string[] };

export async function readStanding(
  pool: Pool,
  accountIds: readonly string[],
  idOf: (key: number) => string,
): Promise<Standing> {
  const accounts = await pool.query<{ text: string }>(
    `SELECT concat_ws(' ', cap_rho_pico, spent_rho_pico, reserved_rho_pico, state) AS text FROM account
     WHERE id = ANY($1) ORDER BY array_position($1, id)`,
    [accountIds],
  );
  const requests = await pool.query<{ id: string; text: string }>(
    `SELECT id, concat_ws(' ', state, rho_pico, charged_rho_pico) AS text FROM request ORDER BY id`,
  );
  const keys = new Map(Array.from({ length: MOST_KEYS }, (_, key) => [idOf(key), key]));
  return {
    accounts: accounts.rows.map(({ text }) => text),
    requests: requests.rows.map(({ id, text }) => `${keys.get(id) ?? id} ${text}`).sort(),
  };
}

const MOST_KEYS = 16;

export function standsAs(standing: Standing, model: Model): boolean {
  const accounts = model.accounts.map(
    ({ cap, spent, reserved, open }) => `${cap} ${spent} ${reserved} ${open ? 'open' : 'frozen'}`,
  );
  const requests = Object.entries(model.requests).map(
    ([key, { state, amount, charged }]) => `${key} ${state} ${amount} ${charged}`,
  );
  return same(accounts, standing.accounts) && same(requests.sort(), standing.requests);
}

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((x, i) => x === b[i]);
