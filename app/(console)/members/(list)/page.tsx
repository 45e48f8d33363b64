import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InviteButton } from '#components/members/invite-button';
import { MemberPeek } from '#components/members/member-peek';
import { MembersTable } from '#components/members/members-table';
import { PendingInvitations } from '#components/members/pending-invitations';
import { PageFrame } from '#components/shell/page-frame';
import { Panel } from '#components/ui/panel';
import { NotFoundError } from '#lib/errors';
import { listInvitations } from '#lib/identity/invitations/list-invitations';
import { countMembers } from '#lib/identity/members/count-members';
import { getMember } from '#lib/identity/members/get-member';
import { listMembers } from '#lib/identity/members/list-members';
import { listPlaces } from '#lib/identity/members/list-places';
import { memberShape } from '#lib/identity/members/member-shape';
import { can } from '#lib/identity/permissions';
import { type Params, parseTableQuery } from '#lib/tables/table-query';
import { requireActor } from '../../../_server/actor.ts';
import { database } from '../../../_server/database.ts';
import { hasMailbox } from '../../../_server/mailbox.ts';
import { orNoAccess } from '../../../_server/or-error-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('members'))('title') };
}

export default async function MembersPage({ searchParams }: { searchParams: Promise<Params> }) {
  const actor = await requireActor();
  const db = database();
  const query = parseTableQuery(memberShape, await searchParams);
  const [page, counts, places, invitations, peeked, t] = await Promise.all([
    orNoAccess(listMembers(db, actor, query)),
    orNoAccess(countMembers(db, actor)),
    orNoAccess(listPlaces(db, actor)),
    orNoAccess(listInvitations(db, actor)),
    query.peek ? orNoAccess(getMember(db, actor, query.peek).catch(orNull)) : null,
    getTranslations('members'),
  ]);
  const members = { kind: 'member', organisationId: actor.organisationId } as const;
  const mayInvite = can(actor, 'member.invite', members);
  return (
    <PageFrame
      title={t('title')}
      question={t('question')}
      lead={
        <p className="text-lg">
          {[
            t('lead', counts),
            counts.disabled > 0 ? t('leadDisabled', { count: counts.disabled }) : '',
            t('leadInvited', { count: invitations.length }),
          ].join(' ')}
        </p>
      }
      actions={mayInvite ? <InviteButton places={places} /> : null}
    >
      {invitations.length > 0 ? (
        <PendingInvitations rows={invitations} hasMailbox={mayInvite && hasMailbox()} />
      ) : null}
      <Panel flush>
        <MembersTable
          rows={page.rows}
          next={page.next}
          departments={places.departments}
          mayExport={can(actor, 'member.export', members)}
          peek={{
            id: query.peek,
            node: query.peek ? <MemberPeek member={peeked} places={places} /> : null,
          }}
        />
      </Panel>
    </PageFrame>
  );
}

function orNull(error: unknown): null {
  if (error instanceof NotFoundError) return null;
  throw error;
}
