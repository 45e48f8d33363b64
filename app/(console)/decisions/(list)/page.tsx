import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AdmissionsPanel } from '#components/decisions/admissions-panel';
import { AskForMoreButton } from '#components/decisions/ask-for-more-button';
import { DecidedTable } from '#components/decisions/decided-table';
import { IncreasesPanel } from '#components/decisions/increases-panel';
import { OpenAccountButton } from '#components/decisions/open-account-button';
import { WaitingPanel } from '#components/decisions/waiting-panel';
import { LivePage } from '#components/shell/live-mark';
import { PageFrame } from '#components/shell/page-frame';
import { listChanges } from '#lib/budgets/changes/list-changes';
import { openableHolders } from '#lib/budgets/changes/openable-holders';
import { countPending } from '#lib/budgets/changes/pending-decisions';
import { askableAccount } from '#lib/budgets/increases/askable-account';
import { listIncreases } from '#lib/budgets/increases/list-increases';
import { scopeOf } from '#lib/identity/permissions';
import { hasSecondFactor } from '#lib/identity/require-proved';
import { listAdmissions } from '#lib/nodes/onboarding/list-admissions';
import { requireActor } from '../../../_server/actor.ts';
import { database } from '../../../_server/database.ts';
import { orNoAccess } from '../../../_server/or-error-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('decisions'))('title') };
}

export default async function DecisionsPage() {
  const actor = await requireActor();
  const db = database();
  const now = new Date();
  const [{ waiting, decided }, admissions, increases, pending, openable, askable, twoFactors, t] =
    await Promise.all([
      orNoAccess(listChanges(db, actor)),
      orNoAccess(listAdmissions(db, actor)),
      orNoAccess(listIncreases(db, actor, { now })),
      countPending(db, actor),
      openableHolders(db, actor, now),
      askableAccount(db, actor, now),
      hasSecondFactor(db, actor.userId),
      getTranslations('decisions'),
    ]);
  const overseer = scopeOf(actor, 'decision.read', 'decision') === 'organisation';
  const asked = increases.filter(({ state }) => state === 'open').length;
  const undecided = waiting.length + admissions.waiting.length + asked;
  return (
    <PageFrame
      title={t('title')}
      question={t('question')}
      actions={
        <div className="flex items-center gap-3">
          <LivePage kinds={['decision', 'account']} />
          {openable && openable.length > 0 ? (
            <OpenAccountButton holders={openable} twoFactors={twoFactors} />
          ) : null}
          {askable ? <AskForMoreButton account={askable} /> : null}
        </div>
      }
      lead={<p className="text-lg">{t(overseer ? 'lead' : 'leadOwn', { undecided, pending })}</p>}
    >
      {overseer ? <WaitingPanel changes={waiting} /> : null}
      {overseer ? <AdmissionsPanel admissions={admissions} /> : null}
      <IncreasesPanel increases={increases} own={!overseer} twoFactors={twoFactors} />
      {overseer ? <DecidedTable title={t('decided')} changes={decided} /> : null}
    </PageFrame>
  );
}
