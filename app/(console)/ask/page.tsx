import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AskView } from '#components/ask/ask-view';
import { PageFrame } from '#components/shell/page-frame';
import { privacyEnv } from '#lib/env';
import { askDefaults } from '#lib/requests/ask-defaults';
import { requireActor } from '../../_server/actor.ts';
import { database } from '../../_server/database.ts';
import { localNodesOf } from '../../_server/local-nodes.ts';
import { orNoAccess } from '../../_server/or-error-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('ask'))('title') };
}

export default async function AskPage() {
  const actor = await requireActor();
  const { FEDERATED_PRIVACY_EPSILON: epsilon } = privacyEnv();
  const defaults = await orNoAccess(askDefaults(database(), actor, epsilon));
  const t = await getTranslations('ask');
  return (
    <PageFrame title={t('title')} question={t('question')}>
      <AskView {...defaults} localNodes={localNodesOf(actor.organisationId)} />
    </PageFrame>
  );
}
