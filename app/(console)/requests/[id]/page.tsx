import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { AuditPanel } from '#components/requests/audit-panel';
import { ChargesPanel } from '#components/requests/charges-panel';
import { ReceiptsPanel } from '#components/requests/receipts-panel';
import { RequestProperties } from '#components/requests/request-properties';
import { StagesPanel } from '#components/requests/stages-panel';
import { PageFrame } from '#components/shell/page-frame';
import { formatRhoShort } from '#lib/i18n/quantities';
import { getRequest } from '#lib/requests/get-request';
import { leadOf } from '#lib/requests/request-lead';
import { requireActor } from '../../../_server/actor.ts';
import { database } from '../../../_server/database.ts';
import { orNotFound } from '../../../_server/or-error-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('request'))('title') };
}

// No loading file stands over this page: a response that has begun to stream could no longer say 404.
export default async function RequestPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const request = await orNotFound(getRequest(database(), actor, (await params).id));
  const t = await getTranslations('request');
  const rho = request.state === 'reserved' ? request.quotedRho : request.chargedRho;
  return (
    <PageFrame
      title={t('title')}
      question={t('question')}
      lead={
        <p className="text-lg">
          {t(`leads.${leadOf(request)}`, { rho: formatRhoShort(rho, await getLocale()) })}
        </p>
      }
      aside={<RequestProperties request={request} />}
    >
      <StagesPanel stages={request.stages} isDemoHistory={request.isDemoHistory} />
      <ChargesPanel charges={request.charges} outcome={request.outcome} />
      <ReceiptsPanel receipts={request.receipts} isDemoHistory={request.isDemoHistory} />
      <AuditPanel requestId={request.id} leaves={request.leaves} />
    </PageFrame>
  );
}
