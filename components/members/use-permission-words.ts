import { useTranslations } from 'next-intl';
import type { Action, ResourceKind, Scope } from '#lib/identity/permissions';

/** The matrix in words. An action on several kinds of thing names the kind. */
export function usePermissionWords() {
  const t = useTranslations('permissions');
  return {
    action: (action: Action, kind: ResourceKind) =>
      kind.endsWith('_account')
        ? t('of', { action: t(`actions.${action}`), kind: t(`kinds.${kind}`) })
        : t(`actions.${action}`),
    scope: (scope: Scope | null) => t(`scopes.${scope ?? 'none'}`),
  };
}
