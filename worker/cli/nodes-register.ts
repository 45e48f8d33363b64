import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SessionActor } from '#lib/actor';
import { atomically } from '#lib/db/atomically';
import { createPrisma, type Database, type PrismaTransaction } from '#lib/db/prisma';
import { cliEnv } from '#lib/env';
import { DomainError } from '#lib/errors';
import { authorise } from '#lib/identity/permissions';
import { inviteIn } from '#lib/nodes/onboarding/invite-node';
import type { Invited } from '#lib/nodes/onboarding/open-invite';
import type { Command } from './command.ts';
import { readHospitalsFile, type Site } from './hospitals-file.ts';
import { parseOptions } from './parse-options.ts';
import { textTable } from './text-table.ts';
import { UsageError } from './usage-error.ts';

const WORDS = ['nodes', 'register'];

const HELP = `fdlr nodes register FILE.yaml --as EMAIL [--database-url URL] [--json]

Invites every hospital of a file, or none of them: each fault is named with its line. The codes are printed once and stored
nowhere. Whoever is named with --as must be an administrator; the audit log names them.

  hospitals:
    - id: st-anna
      name: St. Anna Hospital
      endpoint: dial-out            # or https://... of its own listener for local answers
      regime: GDPR
      region: eu-central-1
      allowed_regions: [eu-central-1, eu-west-1]
      jurisdiction: Austria
      data_size: 120000             # patients
      compute_capacity: 16xA100
      compliance_level: ISO 27001
      shards: 64
      lanes: 4
      expires_in_hours: 72

  --as EMAIL           the administrator who invites
  --database-url URL   the ledger's Postgres; DATABASE_URL by default
  --json               one object a hospital instead of a table

Exit codes: 0 all are invited, 1 none is, 2 asked wrongly.`;

export const nodesRegister: Command = {
  words: WORDS,
  summary: 'Invites many hospitals at once from a YAML file, all or none.',
  help: HELP,
  async run(args) {
    const { values, positionals } = parseOptions(WORDS, args, {
      as: { type: 'string' },
      'database-url': { type: 'string' },
      json: { type: 'boolean', default: false },
    });
    const [file, ...more] = positionals;
    if (!file || more.length > 0 || !values.as)
      throw new UsageError('Name one file, and who invites with --as EMAIL. See fdlr nodes register --help.');
    const env = cliEnv();
    const url = values['database-url'] ?? env.DATABASE_URL;
    if (!url) throw new UsageError('Set DATABASE_URL, or name the database with --database-url.');
    if (!/^postgres(ql)?:\/\//.test(url)) throw new UsageError('The database must be a postgresql:// URL.');
    const sites = readHospitalsFile(textOf(file, resolve(env.INIT_CWD ?? '.', file)));
    const db = createPrisma(url);
    try {
      const invited = await inviteAll(db, values.as, sites, new Date());
      process.stdout.write(values.json ? asJson(invited) : asTable(invited));
    } finally {
      await db.$disconnect();
    }
  },
};

function textOf(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UsageError(`${name} cannot be read (${code}).`);
  }
}

export type Registered = Invited & { id: string };

/** One transaction for all: so long for the largest file on a slow machine. */
const TIMEOUT_MS = 300_000;

/** Every site, or none. */
export async function inviteAll(
  db: Database,
  email: string,
  sites: readonly Site[],
  now: Date,
): Promise<Registered[]> {
  const user = await db.user.findFirst({
    where: { email: email.trim().toLowerCase(), disabledAt: null },
  });
  if (!user) throw new Error(`There is no active member ${email}.`);
  const { id: userId, organisationId, departmentId, hospitalId, role } = user;
  const who = { userId, organisationId, departmentId, hospitalId, role };
  // No session stands behind it: whoever holds the database's password is believed to be at its console.
  const actor: SessionActor = { kind: 'session', sessionId: randomUUID(), ...who };
  authorise(actor, 'node.invite', { kind: 'node', organisationId });
  const inviteEach = async (tx: PrismaTransaction) => {
    const invited: Registered[] = [];
    for (const { id, line, invite } of sites) {
      try {
        invited.push({ id, ...(await inviteIn(tx, actor, invite, now)) });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        throw new Error(`Nobody was invited.\nline ${line}: ${error.message}`, { cause: error });
      }
    }
    return invited;
  };
  return atomically(db, inviteEach, { timeoutMs: TIMEOUT_MS });
}

export function asTable(invited: readonly Registered[]): string {
  const rows = invited.map(({ id, code, expiresAt }) => [id, code, expiresAt.toISOString()]);
  const [first] = invited;
  const how = first ? `\nEach hospital types\n  ${first.command.replace(first.code, 'CODE')}\n` : '';
  return `${textTable([['hospital', 'code, shown once', 'expires'], ...rows])}\n${how}`;
}

function asJson(invited: readonly Registered[]): string {
  return invited.map((one) => `${JSON.stringify(one)}\n`).join('');
}
