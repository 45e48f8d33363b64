import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CreateKeyButton } from '#components/keys/create-key-button';
import { KeysTable } from '#components/keys/keys-table';
import { PageFrame } from '#components/shell/page-frame';
import { Panel } from '#components/ui/panel';
import { webEnv } from '#lib/env';
import { listKeys } from '#lib/identity/api-keys/list-keys';
import { can, scopeOf } from '#lib/identity/permissions';
import { requireActor } from '../../_server/actor.ts';
import { listModels } from '../../_server/ask-router.ts';
import { database } from '../../_server/database.ts';
import { orNoAccess } from '../../_server/or-error-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('keys'))('title') };
}

export default async function KeysPage() {
  const actor = await requireActor();
  const keys = await orNoAccess(listKeys(database(), actor));
  const t = await getTranslations('keys');
  const { organisationId, userId } = actor;
  const mayCreate = can(actor, 'api_key.create', { kind: 'api_key', organisationId, userId });
  const ownOnly = scopeOf(actor, 'api_key.read', 'api_key') === 'own';
  const working = keys.filter((key) => key.state === 'active');
  const people = new Set(working.map((key) => key.ownerEmail)).size;
  return (
    <PageFrame
      title={t('title')}
      question={t('question')}
      lead={<p className="text-lg">{t(ownOnly ? 'leadOwn' : 'lead', { active: working.length, people })}</p>}
      actions={
        mayCreate ? (
          <CreateKeyButton
            apiBaseUrl={new URL('/v1', webEnv().FDLR_ROUTER_URL).href}
            model={await firstModel(actor)}
          />
        ) : null
      }
    >
      <Panel flush>
        <KeysTable rows={keys} showOwners={!ownOnly} />
      </Panel>
    </PageFrame>
  );
}

/** For the example; a router that is away does not keep the page from showing keys. */
function firstModel(actor: Parameters<typeof listModels>[0]): Promise<string | null> {
  return listModels(actor).then(
    ({ models }) => models[0] ?? null,
    () => null,
  );
}
