import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { DocumentView } from '#components/api-docs/document-view';
import { PageFrame } from '#components/shell/page-frame';
import { Notice } from '#components/ui/state';
import { webEnv } from '#lib/env';
import { mayOpen } from '#lib/identity/console-pages';
import { consoleDocument } from '#lib/openapi/console-document';
import { documentSchema } from '#lib/openapi/read-document';
import { requireActor } from '../../_server/actor.ts';
import { routerDocument } from '../../_server/router-document.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('apiDocs'))('title') };
}

export default async function ApiDocsPage() {
  if (!mayOpen(await requireActor(), 'api-docs')) redirect('/no-access');
  const [t, router] = await Promise.all([getTranslations('apiDocs'), routerDocument()]);
  const own = documentSchema.parse(consoleDocument(webEnv().NEXTAUTH_URL));
  return (
    <PageFrame title={t('title')} question={t('question')}>
      {router ? (
        <DocumentView
          document={router}
          title={t('router')}
          hint={t('routerHint')}
          href={`${router.servers?.[0]?.url ?? ''}/openapi.json`}
          snippets
        />
      ) : (
        <Notice tone="attention" title={t('down')}>
          {t('downText')}
        </Notice>
      )}
      <DocumentView
        document={own}
        title={t('console')}
        hint={t('consoleHint')}
        href="/api/console/openapi.json"
      />
    </PageFrame>
  );
}
