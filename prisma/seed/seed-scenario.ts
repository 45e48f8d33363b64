import { join } from 'node:path';
import type { Role } from '#lib/actor';
import { fillRows } from '#lib/audit-log/fill-rows';
import { keyInFile } from '#lib/crypto/key-custody';
import { loadOrCreateEd25519, rawPublicKey } from '#lib/crypto/key-files';
import { createPool } from '#lib/db/pool';
import { createPrisma } from '#lib/db/prisma';
import { loadAuthority } from '#lib/nodes/pki/authority';
import { loadOrCreateFederationFile } from './federation-file.ts';
import { startOfHistory, startOfToday } from './history/draw-moments.ts';
import { forgetUnfinishedHistory } from './history/forget-unfinished.ts';
import { writeHistory } from './history/write-history.ts';
import { insertScenario } from './insert-scenario.ts';
import { openScenarioAccounts } from './open-scenario-accounts.ts';
import type { Scenario } from './scenario.ts';
import { peopleOf } from './scenario-people.ts';
import { type SeededNode, writeHospitalFolders } from './write-hospital-folders.ts';

export type SeedOptions = {
  databaseUrl: string;
  dataDir: string;
  channelPort: number;
  log: (line: string) => void;
};

export type Seeded = {
  apiKey: string;
  model: string;
  logins: { role: Role; email: string; password: string }[];
  nodes: SeededNode[];
  /** Whether this call filled the database; false when it found it filled. */
  isNew: boolean;
};

/** The database was seeded together with another data folder, whose keys this one lacks. */
export class ForeignDatabaseError extends Error {
  override readonly name = 'ForeignDatabaseError';
}

/** Fills an empty database and data folder with a scenario; a second call changes nothing but opens a new year's budgets. */
export async function seedScenario(scenario: Scenario, options: SeedOptions): Promise<Seeded> {
  const users = scenario.organisations.flatMap((organisation) => organisation.users);
  const file = loadOrCreateFederationFile(
    join(options.dataDir, 'federation.json'),
    users.map((user) => user.email),
  );
  const routerKeys = join(options.dataDir, 'keys', 'router');
  const routerKey = rawPublicKey(loadOrCreateEd25519(join(routerKeys, 'identity.pem'))).toString('hex');
  const { fingerprint: caFingerprint } = await loadAuthority(routerKeys);
  const folders = writeHospitalFolders(scenario, options, { routerKey, caFingerprint });
  // The history is written meanwhile. Should that fail, nobody waits for the folders any more.
  folders.catch(() => {});
  const prisma = createPrisma(options.databaseUrl);
  const pool = createPool(options.databaseUrl, 2);
  let isNew = false;
  try {
    const state = await prisma.ledgerState.findUnique({ where: { id: 1 } });
    if (state && state.federationId !== file.federationId) {
      throw new ForeignDatabaseError(
        'This database belongs to the federation of another data folder. Give that folder with --data-dir, or another DATABASE_URL.',
      );
    }
    if (!state) {
      isNew = true;
      const { federationId, apiKey, passwords } = file;
      const people = await peopleOf(scenario, passwords);
      const until = startOfToday(new Date());
      await forgetUnfinishedHistory(pool);
      if (scenario.historyRequests > 0) {
        const pseudonyms = new Map(people.map(({ id, pseudonym }) => [id, pseudonym]));
        await writeHistory(scenario, {
          databaseUrl: options.databaseUrl,
          until,
          pseudonymOf: (userId) => pseudonyms.get(userId)!,
          signer: {
            origin: `fdlr/${federationId}`,
            key: keyInFile(join(routerKeys, 'audit-log.pem')),
          },
          log: options.log,
        });
      }
      const since = scenario.historyRequests > 0 ? startOfHistory(until) : new Date();
      await folders;
      await insertScenario(prisma, scenario, { people, federationId, apiKey, since });
      // Only now is it known whose the accounts and people of the history are.
      while ((await fillRows(pool)) > 0);
      options.log(`Seeded the scenario "${scenario.name}"`);
    }
    await openScenarioAccounts(pool, scenario);
  } finally {
    await prisma.$disconnect();
    await pool.end();
  }
  return {
    apiKey: file.apiKey,
    model: 'demo-medllama',
    logins: users.flatMap(({ role, email }) => {
      const password = file.passwords[email];
      return password === undefined ? [] : [{ role, email, password }];
    }),
    nodes: await folders,
    isNew,
  };
}
