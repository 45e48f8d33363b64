import type { User } from '#lib/db/generated/client';
import type { Place } from './place.ts';

type Standing = Place & { active: boolean };

/** A member's standing as the log tells it. */
export function standingOf({ role, departmentId, hospitalId, disabledAt }: User): Standing {
  return { role, departmentId, hospitalId, active: disabledAt === null };
}
