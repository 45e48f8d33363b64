import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TermList } from '#components/glossary/term-list';
import { PageFrame } from '#components/shell/page-frame';
import { Panel } from '#components/ui/panel';
import { requireActor } from '../../_server/actor.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('glossary'))('title') };
}

export default async function GlossaryPage() {
  await requireActor();
  const t = await getTranslations('glossary');
  return (
    <PageFrame title={t('title')} question={t('question')}>
      <Panel flush>
        <TermList />
      </Panel>
    </PageFrame>
  );
}
