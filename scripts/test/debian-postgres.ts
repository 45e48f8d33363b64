import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { hasDebianPostgres } from '#lib/ledger/testing/debian-postgres';
import { canInstall, install } from './apt.ts';

const PACKAGE = 'postgresql-15';
const CLUSTERS = '/etc/postgresql-common/createcluster.conf';

/**
 * Installs Debian's Postgres 15 for the tests with a standby, where that is possible: the embedded one ships no tool that
 * copies a server. Without it those tests are skipped, and say why.
 */
export function ensureDebianPostgres() {
  if (hasDebianPostgres() || !canInstall()) return;
  console.log(`Installing the ${PACKAGE} package for the tests with a standby`);
  try {
    // Its programs are wanted, no server of its own that starts with the machine.
    if (!existsSync(CLUSTERS)) {
      mkdirSync(dirname(CLUSTERS), { recursive: true });
      writeFileSync(CLUSTERS, 'create_main_cluster = false\n');
    }
    install(PACKAGE);
  } catch (error) {
    console.log(`${PACKAGE} could not be installed: ${error instanceof Error ? error.message : error}`);
  }
}
