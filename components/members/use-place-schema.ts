import { useTranslations } from 'next-intl';
import { z } from 'zod';
import { ROLES } from '#lib/actor';

/** The fields of a place with their faults in words; the verb's own schema has the last word. */
export function usePlaceFields() {
  const t = useTranslations('members.invite');
  return {
    fields: {
      role: z.enum(ROLES),
      departmentId: z.uuid(t('departmentFault')),
      hospitalId: z.string(),
    },
    hasSite: ({ role, hospitalId }: { role: string; hospitalId: string }) =>
      role !== 'node_operator' || z.uuid().safeParse(hospitalId).success,
    siteFault: { path: ['hospitalId'], message: t('hospitalFault') },
  };
}
