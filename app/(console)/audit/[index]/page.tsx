import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ChangesPanel } from '#components/audit/changes-panel';
import { EntryText } from '#components/audit/entry-text';
import { RowProof } from '#components/audit/row-proof';
import { RowProperties } from '#components/audit/row-properties';
import { RowSentence } from '#components/audit/row-sentence';
import { CrumbName } from '#components/shell/crumb-name';
import { PageFrame } from '#components/shell/page-frame';
import { Panel } from '#components/ui/panel';
import { getRow } from '#lib/audit-rows/get-row';
import { requireActor } from '../../../_server/actor.ts';
import { database } from '../../../_server/database.ts';
import { orNotFound } from '../../../_server/or-error-page.ts';

type Props = { params: Promise<{ index: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getTranslations('audit.row'))('title', { index: (await params).index }) };
}

// No loading file stands over this page: a response that has begun to stream could no longer say 404.
export default async function AuditRowPage({ params }: Props) {
  const actor = await requireActor();
  const { row, names } = await orNotFound(getRow(database(), actor, (await params).index));
  const t = await getTranslations('audit.row');
  const title = t('title', { index: row.index });
  return (
    <PageFrame
      title={title}
      question={t('question')}
      lead={<RowSentence row={row} names={names} />}
      aside={
        <Panel title={t('properties')}>
          <RowProperties row={row} names={names} />
        </Panel>
      }
    >
      <CrumbName id={row.index} name={title} />
      <ChangesPanel entry={row.entry} names={names} />
      <RowProof row={row} />
      <Panel title={t('entry')}>
        <EntryText entry={row.entry} />
      </Panel>
    </PageFrame>
  );
}
