import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { authorise, can } from '#lib/identity/permissions';
import { MIN_COHORT } from '#lib/planner/choose-cohort';
import { answeringHospitals } from './answering-hospitals.ts';

/** The organisation's hospitals with what policy asks about them: their law, regions and purposes. */
export async function hospitalSettings(db: Database, actor: PrincipalActor) {
  const { organisationId } = actor;
  authorise(actor, 'settings.read', { kind: 'settings', organisationId });
  const [hospitals, purposes, answering] = await Promise.all([
    db.hospital.findMany({
      where: { organisationId },
      include: { purposes: true, residency: { orderBy: { allowedRegion: 'asc' } } },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    }),
    db.purpose.findMany({ where: { active: true }, orderBy: { display: 'asc' } }),
    answeringHospitals(db),
  ]);
  return {
    /** Fewer hospitals than this never answer together. */
    minHospitals: MIN_COHORT,
    hospitals: hospitals.map((hospital) => ({
      id: hospital.id,
      name: hospital.name,
      region: hospital.region,
      regime: hospital.regime,
      regions: hospital.residency.map((rule) => rule.allowedRegion),
      mayChange: can(actor, 'purpose.change', { kind: 'hospital', organisationId, hospitalId: hospital.id }),
      purposes: purposes.map(({ code, display, description }) => ({
        code,
        display,
        description,
        answers: hospital.purposes.some((purpose) => purpose.purposeCode === code),
        /** Hospitals of the federation that answer for it now, this one counted where it does. */
        answering: answering.get(code) ?? 0,
      })),
    })),
  };
}
export type HospitalSettings = Awaited<ReturnType<typeof hospitalSettings>>;
export type HospitalSetting = HospitalSettings['hospitals'][number];
export type PurposeSetting = HospitalSetting['purposes'][number];
