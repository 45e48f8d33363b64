import pg from 'pg';

/** Makes the database a URL names where the server has none of that name. Returns whether it made one. */
export async function createDatabase(databaseUrl: string, template?: string): Promise<boolean> {
  const at = new URL(databaseUrl);
  const name = decodeURIComponent(at.pathname.slice(1));
  at.pathname = '/postgres';
  const client = new pg.Client({ connectionString: at.href });
  await client.connect();
  try {
    const existing = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (existing.rowCount) return false;
    const from = template ? ` TEMPLATE ${client.escapeIdentifier(template)}` : '';
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}${from}`);
    return true;
  } catch (error) {
    // Somebody else was quicker.
    const duplicate = error instanceof pg.DatabaseError && error.code === '42P04';
    if (duplicate) return false;
    throw error;
  } finally {
    await client.end();
  }
}

/** Gives the database a URL names another name, once nobody is connected to it. */
export async function renameDatabase(databaseUrl: string, to: string): Promise<void> {
  const at = new URL(databaseUrl);
  const name = decodeURIComponent(at.pathname.slice(1));
  at.pathname = '/postgres';
  const client = new pg.Client({ connectionString: at.href });
  await client.connect();
  try {
    await client.query(
      `ALTER DATABASE ${client.escapeIdentifier(name)} RENAME TO ${client.escapeIdentifier(to)}`,
    );
  } finally {
    await client.end();
  }
}

/** Drops the database a URL names, with whoever is still connected to it. */
export async function dropDatabase(databaseUrl: string): Promise<void> {
  const at = new URL(databaseUrl);
  const name = decodeURIComponent(at.pathname.slice(1));
  at.pathname = '/postgres';
  const client = new pg.Client({ connectionString: at.href });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}
