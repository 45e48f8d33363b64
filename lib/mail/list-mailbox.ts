import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { authorise } from '#lib/identity/permissions';
import { type ReadMail, readEml } from './read-eml.ts';

const MAX_MAILS = 100;
const MAX_BYTES = 64 * 1024;

export type MailboxMail = ReadMail & { file: string };
export type Mailbox = { mails: MailboxMail[]; unreadable: number };

/**
 * The newest mails of the folder that stand in for sent ones, to people of `actor`'s organisation: their links let
 * whoever holds them in. For those who invite.
 */
export async function listMailbox(db: Database, actor: SessionActor, folder: string): Promise<Mailbox> {
  const { organisationId } = actor;
  authorise(actor, 'member.invite', { kind: 'member', organisationId });
  const read = await Promise.all((await newestFiles(folder)).map((file) => readMail(folder, file)));
  const mails = read.filter((mail) => mail !== null);
  const to = { organisationId, email: { in: mails.map((mail) => mail.to.toLowerCase()) } };
  const own = { where: to, select: { email: true } } as const;
  const [users, invitations] = await Promise.all([db.user.findMany(own), db.invitation.findMany(own)]);
  const addresses = new Set([...users, ...invitations].map((row) => row.email));
  return {
    mails: mails.filter((mail) => addresses.has(mail.to.toLowerCase())),
    unreadable: read.length - mails.length,
  };
}

async function newestFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.eml'));
  const dated = await Promise.all(
    files.map(async ({ name }) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  return dated
    .toSorted((a, b) => b.at - a.at)
    .slice(0, MAX_MAILS)
    .map(({ name }) => name);
}

async function readMail(folder: string, file: string): Promise<MailboxMail | null> {
  try {
    const path = join(folder, file);
    if ((await stat(path)).size > MAX_BYTES) return null;
    return { file, ...readEml(await readFile(path, 'utf8')) };
  } catch {
    return null;
  }
}
