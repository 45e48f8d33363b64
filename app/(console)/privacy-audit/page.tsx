import { ShieldQuestion } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuditLead } from '#components/privacy-audit/audit-lead';
import { AuditProperties } from '#components/privacy-audit/audit-properties';
import { BugsPanel } from '#components/privacy-audit/bugs-panel';
import { ClaimsPanel } from '#components/privacy-audit/claims-panel';
import { MeaningPanel } from '#components/privacy-audit/meaning-panel';
import { PageFrame } from '#components/shell/page-frame';
import { Empty } from '#components/ui/empty';
import { Panel } from '#components/ui/panel';
import { Notice } from '#components/ui/state';
import { latestPrivacyAudit } from '#lib/compliance/latest-privacy-audit';
import { requireActor } from '../../_server/actor.ts';
import { orNoAccess } from '../../_server/or-error-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('privacyAudit'))('title') };
}

export default async function PrivacyAuditPage() {
  const [latest, t] = await Promise.all([
    requireActor().then((actor) => orNoAccess(latestPrivacyAudit(actor))),
    getTranslations('privacyAudit'),
  ]);
  if (latest.kind !== 'found') {
    return (
      <PageFrame title={t('title')} question={t('question')}>
        {latest.kind === 'unreadable' ? (
          <Notice tone="attention" title={t('unreadable')}>
            {t('unreadableText')}
          </Notice>
        ) : (
          <Panel>
            <Empty icon={ShieldQuestion} title={t('none')}>
              {t('noneText')}
            </Empty>
          </Panel>
        )}
        <MeaningPanel />
      </PageFrame>
    );
  }
  const { report, source } = latest;
  return (
    <PageFrame
      title={t('title')}
      question={t('question')}
      lead={<AuditLead report={report} />}
      aside={<AuditProperties report={report} source={source} />}
    >
      <ClaimsPanel report={report} />
      <BugsPanel report={report} />
      <MeaningPanel />
    </PageFrame>
  );
}
