'use client';

import { useTranslations } from 'next-intl';
import { parseAsString, useQueryStates } from 'nuqs';
import { useTransition } from 'react';
import { AUDIT_SCOPES, type AuditScope } from '#lib/audit-rows/row-table';
import { Segments } from '../ui/segments.tsx';

/** The own organisation's entries, or all of the public log. Part of the address; the list starts anew. */
export function ScopeSwitch({ scope }: { scope: AuditScope }) {
  const t = useTranslations('audit.rows');
  const [isPending, startTransition] = useTransition();
  const [, setParams] = useQueryStates(
    { scope: parseAsString, after: parseAsString, peek: parseAsString },
    { shallow: false, history: 'push', startTransition },
  );
  return (
    <div aria-busy={isPending}>
      <Segments
        label={t('scope')}
        value={scope}
        onChange={(next) => void setParams({ scope: next === 'own' ? null : next, after: null, peek: null })}
        options={AUDIT_SCOPES.map((value) => ({ value, label: t(`scopes.${value}`) }))}
      />
    </div>
  );
}
