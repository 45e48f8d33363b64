import { useTranslations } from 'next-intl';
import type { Role } from '#lib/actor';
import { grantsOf } from '#lib/identity/matrix-rows';
import { Properties } from '../ui/panel.tsx';
import { usePermissionWords } from './use-permission-words.ts';

/** What one role may do, from the matrix itself. */
export function RoleGrants({ role }: { role: Role }) {
  const t = useTranslations('members');
  const words = usePermissionWords();
  const grants = grantsOf(role);
  if (grants.length === 0) return <p className="text-muted text-sm">{t('mayNothing')}</p>;
  return (
    <Properties
      items={grants.map(({ action, kind, scope }) => ({
        name: words.action(action, kind),
        value: words.scope(scope),
      }))}
    />
  );
}
