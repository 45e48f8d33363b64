import type { PrismaTransaction } from '#lib/db/prisma';
import { InvalidRequestError } from '#lib/errors';
import type { Place } from './place.ts';

/** Throws InvalidRequestError unless department and hospital are the organisation's own. */
export async function requirePlace(
  tx: PrismaTransaction,
  organisationId: string,
  { departmentId, hospitalId }: Place,
): Promise<void> {
  const department = await tx.department.count({ where: { id: departmentId, organisationId } });
  if (department === 0) throw unknownPlace('department', 'departmentId');
  if (hospitalId === null) return;
  const hospital = await tx.hospital.count({ where: { id: hospitalId, organisationId } });
  if (hospital === 0) throw unknownPlace('hospital', 'hospitalId');
}

function unknownPlace(what: 'department' | 'hospital', param: string): InvalidRequestError {
  return new InvalidRequestError(`Your organisation has no such ${what}.`, {
    code: `unknown_${what}`,
    param,
  });
}
