import { Rows3 } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { RequestsTable } from '#components/requests/requests-table';
import { StateFilter } from '#components/requests/state-filter';
import { PageFrame } from '#components/shell/page-frame';
import { buttonStyles } from '#components/ui/button';
import { Empty } from '#components/ui/empty';
import { Pager } from '#components/ui/pager';
import { Panel } from '#components/ui/panel';
import { scopeOf } from '#lib/identity/permissions';
import { listRequests } from '#lib/requests/list-requests';
import { parseRequestQuery } from '#lib/requests/request-query';
import { REQUEST_STATES } from '#lib/requests/request-states';
import { requireActor } from '../../../_server/actor.ts';
import { database } from '../../../_server/database.ts';
import { orNoAccess } from '../../../_server/or-error-page.ts';
import { single } from '../../../_server/single.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('requests'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function RequestsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const after = single(query.after);
  const state = REQUEST_STATES.find((known) => known === single(query.state));
  const page = await orNoAccess(listRequests(database(), actor, parseRequestQuery(query)));
  const t = await getTranslations('requests');
  const ownOnly = scopeOf(actor, 'request.read', 'request') === 'own';
  const list = state ? `/requests?state=${state}` : '/requests';
  const older = new URLSearchParams({
    ...(state ? { state } : {}),
    ...(page.next ? { after: page.next } : {}),
  });
  return (
    <PageFrame
      title={t('title')}
      question={t('question')}
      lead={<p className="text-muted">{t(ownOnly ? 'leadOwn' : 'leadAll')}</p>}
    >
      <StateFilter current={state} />
      <Panel flush>
        {page.rows.length > 0 ? (
          <RequestsTable rows={page.rows} showPeople={!ownOnly} />
        ) : (
          <Empty
            icon={Rows3}
            title={t(state ? 'emptyFiltered' : 'empty')}
            actions={
              ownOnly && !state ? (
                <Link href="/ask" className={buttonStyles()}>
                  {t('askOne')}
                </Link>
              ) : null
            }
          >
            {t(state ? 'emptyFilteredText' : 'emptyText')}
          </Empty>
        )}
        <Pager
          label={t('pages')}
          newestHref={after ? list : null}
          olderHref={page.next ? `/requests?${older}` : null}
        />
      </Panel>
    </PageFrame>
  );
}
