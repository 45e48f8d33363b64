import type { Database } from '#lib/db/prisma';

/** How many hospitals with an admitted node answer for each purpose, in the whole federation: a public fact. */
export async function answeringHospitals(db: Database): Promise<Map<string, number>> {
  const counts = await db.hospitalPurpose.groupBy({
    by: ['purposeCode'],
    where: { hospital: { nodes: { some: { state: 'admitted' } } } },
    _count: true,
  });
  return new Map(counts.map((row) => [row.purposeCode, row._count]));
}
