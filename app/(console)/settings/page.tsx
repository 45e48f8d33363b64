import { Hospital } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SecurityPanel } from '#components/security/security-panel';
import { HospitalPanel } from '#components/settings/hospital-panel';
import { OrganisationPanel } from '#components/settings/organisation-panel';
import { PermissionMatrix } from '#components/settings/permission-matrix';
import { SectionLinks } from '#components/settings/section-links';
import { SessionsPanel } from '#components/settings/sessions-panel';
import { SignInPanel } from '#components/settings/sign-in-panel';
import { PageFrame } from '#components/shell/page-frame';
import { Empty } from '#components/ui/empty';
import { Panel } from '#components/ui/panel';
import { pagesFor } from '#lib/identity/console-pages';
import { grantsOf, matrixRows } from '#lib/identity/matrix-rows';
import { ownSessions } from '#lib/identity/own-sessions';
import { ownFactor } from '#lib/identity/second-factor/own-factor';
import { hospitalSettings } from '#lib/settings/hospital-settings';
import { organisationSettings } from '#lib/settings/organisation-settings';
import { signInRules } from '#lib/settings/sign-in-rules';
import { requireActor } from '../../_server/actor.ts';
import { database } from '../../_server/database.ts';
import { orNoAccess } from '../../_server/or-error-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('title') };
}

export default async function SettingsPage() {
  const actor = await requireActor();
  const db = database();
  const [organisation, { hospitals, minHospitals }, sessions, factor, t, roles] = await Promise.all([
    orNoAccess(organisationSettings(db, actor)),
    orNoAccess(hospitalSettings(db, actor)),
    ownSessions(db, actor),
    ownFactor(db, actor),
    getTranslations('settings'),
    getTranslations('roles'),
  ]);
  const lead = {
    role: roles(actor.role),
    organisation: organisation.name,
    count: grantsOf(actor.role).length,
    total: matrixRows().length,
  };
  return (
    <PageFrame
      title={t('title')}
      question={t('question')}
      lead={
        <div className="flex flex-col gap-3">
          <p className="text-lg">{t('lead', lead)}</p>
          <SectionLinks pages={pagesFor(actor)} />
        </div>
      }
    >
      <div id="roles" className="scroll-mt-16">
        <PermissionMatrix own={actor.role} />
      </div>
      <div id="organisation" className="scroll-mt-16">
        <OrganisationPanel organisation={organisation} />
      </div>
      <div id="hospitals" className="flex scroll-mt-16 flex-col gap-6">
        {hospitals.map((hospital) => (
          <HospitalPanel key={hospital.id} hospital={hospital} minHospitals={minHospitals} />
        ))}
        {hospitals.length === 0 ? (
          <Panel title={t('hospitals.title')} flush>
            <Empty icon={Hospital} title={t('hospitals.none')}>
              {t('hospitals.noneText')}
            </Empty>
          </Panel>
        ) : null}
      </div>
      <div id="security" className="scroll-mt-16">
        <SecurityPanel factor={factor} />
      </div>
      <div id="signIn" className="scroll-mt-16">
        <SignInPanel rules={signInRules()} />
      </div>
      <div id="sessions" className="scroll-mt-16">
        <SessionsPanel sessions={sessions} />
      </div>
    </PageFrame>
  );
}
