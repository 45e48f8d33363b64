import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ROLES, type Role } from '#lib/actor';
import { grantsOf } from '#lib/identity/matrix-rows';
import { RoleGrants } from '../members/role-grants.tsx';

/** The matrix where it has no room: role by role, each to be opened, the reader's own open. */
export function RolesList({ own }: { own: Role }) {
  const t = useTranslations('settings.roles');
  const roles = useTranslations('roles');
  return ROLES.map((role) => (
    <details key={role} open={role === own} className="group border-t">
      <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 px-4 py-2 hover:bg-sunken [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-muted group-open:rotate-90" />
        <span className="min-w-0 flex-1 font-medium text-sm">
          {role === own ? t('yours', { role: roles(role) }) : roles(role)}
        </span>
        <span className="figures text-muted text-xs">{t('count', { count: grantsOf(role).length })}</span>
      </summary>
      <div className="px-4 pb-3">
        <RoleGrants role={role} />
      </div>
    </details>
  ));
}
