import type { Database } from '../../db/prisma.ts';

/** The audit leaves about one thing, oldest first, as the log tells them. */
export async function leavesAbout(db: Database, subjectId: string) {
  const leaves = await db.auditLeaf.findMany({ where: { subjectId }, orderBy: { createdAt: 'asc' } });
  return leaves.map((leaf) => JSON.parse(Buffer.from(leaf.entry).toString()) as Record<string, unknown>);
}

export async function pseudonymOf(db: Database, userId: string): Promise<string> {
  return (await db.user.findUniqueOrThrow({ where: { id: userId } })).pseudonym;
}
