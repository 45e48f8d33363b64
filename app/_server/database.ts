import 'server-only';
import { createPrisma, type Database } from '#lib/db/prisma';
import { webEnv } from '#lib/env';

// Development reloads modules; the client, and its connections, must outlive them.
const kept = globalThis as typeof globalThis & { fdlrDatabase?: Database };

/** The web process's one Prisma client. */
export function database(): Database {
  kept.fdlrDatabase ??= createPrisma(webEnv().DATABASE_URL);
  return kept.fdlrDatabase;
}
