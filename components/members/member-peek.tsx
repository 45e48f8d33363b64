import { useTranslations } from 'next-intl';
import type { MemberDetail } from '#lib/identity/members/get-member';
import type { Places } from '#lib/identity/members/list-places';
import { Properties } from '../ui/panel.tsx';
import { Notice } from '../ui/state.tsx';
import { Time } from '../ui/time.tsx';
import { MemberActions } from './member-actions.tsx';
import { MemberState } from './member-state.tsx';
import { RoleGrants } from './role-grants.tsx';

type Props = { member: MemberDetail | null; places: Places };

/** One member beside the list: who they are, what they may do, what was decided about them, and what can be. */
export function MemberPeek({ member, places }: Props) {
  const t = useTranslations('members');
  const roles = useTranslations('roles');
  if (!member) {
    return (
      <Notice tone="attention" title={t('gone')}>
        {t('goneText')}
      </Notice>
    );
  }
  return (
    <>
      {member.isYou ? (
        <Notice tone="info" title={t('own.title')}>
          {t('own.text')}
        </Notice>
      ) : null}
      <Properties
        items={[
          { name: t('email'), value: <span className="break-all">{member.email}</span> },
          { name: t('state'), value: <MemberState isActive={member.isActive} /> },
          { name: t('role'), value: roles(member.role) },
          { name: t('department'), value: member.department },
          ...(member.hospital ? [{ name: t('hospital'), value: member.hospital }] : []),
          { name: t('secondFactor'), value: t(member.hasSecondFactor ? 'withApp' : 'withoutApp') },
          { name: t('since'), value: <Time short at={member.createdAt} /> },
        ]}
      />
      {member.mayChange ? <MemberActions member={member} places={places} /> : null}
      <section className="flex flex-col gap-2">
        <h3 className="font-medium text-sm">{t('mayDo')}</h3>
        <RoleGrants role={member.role} />
      </section>
      <MemberChanges changes={member.changes} />
    </>
  );
}

function MemberChanges({ changes }: { changes: MemberDetail['changes'] }) {
  const t = useTranslations('members');
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-medium text-sm">{t('changes')}</h3>
      {changes.length === 0 ? <p className="text-muted text-sm">{t('noChanges')}</p> : null}
      <ol className="flex flex-col gap-3">
        {changes.map((change) => (
          <li key={change.id} className="flex flex-col border-line-strong border-l pl-3 text-sm">
            <span className="break-words">{change.reason}</span>
            <span className="text-muted">
              {change.by ?? t('unknownDecider')}, <Time short at={change.createdAt} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
