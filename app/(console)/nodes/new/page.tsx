import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InviteForm } from '#components/nodes/onboarding/invite-form';
import { CrumbName } from '#components/shell/crumb-name';
import { PageFrame } from '#components/shell/page-frame';
import { invitableHospitals } from '#lib/nodes/onboarding/invitable-hospitals';
import { requireActor } from '../../../_server/actor.ts';
import { database } from '../../../_server/database.ts';
import { orNoAccess } from '../../../_server/or-error-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('onboarding'))('inviteHospital') };
}

export default async function InvitePage() {
  const actor = await requireActor();
  const hospitals = await orNoAccess(invitableHospitals(database(), actor));
  const t = await getTranslations('onboarding');
  return (
    <PageFrame
      title={t('inviteHospital')}
      question={t('inviteQuestion')}
      lead={<p className="max-w-3xl text-base">{t('inviteLead')}</p>}
    >
      <CrumbName id="new" name={t('inviteHospital')} />
      <div className="max-w-3xl">
        <InviteForm hospitals={hospitals} />
      </div>
    </PageFrame>
  );
}
