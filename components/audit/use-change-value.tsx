import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { AuditEvent } from '#lib/audit-log/events';
import type { Names } from '#lib/audit-rows/names-in';
import { formatDelta, shorten } from '#lib/i18n/quantities';
import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { formatRho } from '#lib/privacy/pico-rho';
import { Epsilon, Rho } from '../ui/quantity.tsx';
import type { ChangedField } from './changes-of.ts';

/** How the value of a field reads; a cap comes with the guarantee it means at the account's delta. */
export function useChangeValue(event: AuditEvent, names: Names) {
  const t = useTranslations('audit.row');
  const roles = useTranslations('roles');
  const nodeStates = useTranslations('nodes.states');
  const accountStates = useTranslations('budgets.states');
  const delta = deltaOf(event);

  return (field: ChangedField, value: string | null): ReactNode => {
    if (value === null) return t('nothing');
    switch (field) {
      case 'role':
        return roles.has(value as 'admin') ? roles(value as 'admin') : value;
      case 'departmentId':
      case 'hospitalId':
        return names[value]?.name ?? shorten(value, 8, 4);
      case 'active':
        return t(value === 'true' ? 'active.yes' : 'active.no');
      case 'answers':
        return t(value === 'true' ? 'answers.yes' : 'answers.no');
      case 'capRhoPico':
      case 'spentRhoPico':
        return <Amount pico={value} delta={delta} />;
      case 'delta':
        return formatDelta(value);
      case 'state':
        if (event.type === 'node.transition')
          return nodeStates.has(value as 'admitted') ? nodeStates(value as 'admitted') : value;
        return accountStates.has(value as 'open') ? accountStates(value as 'open') : value;
    }
  };
}

function Amount({ pico, delta }: { pico: string; delta: string | null }) {
  const amount = BigInt(pico);
  return (
    <span className="inline-flex flex-col md:items-start">
      <Rho rho={formatRho(amount)} />
      {delta ? <Epsilon epsilon={epsilonFromRho(amount, Number(delta))} delta={delta} /> : null}
    </span>
  );
}

function deltaOf(event: AuditEvent): string | null {
  if (event.type === 'budget.change_approved') return event.after.delta;
  return event.type === 'budget.change_proposed' ? (event.delta ?? null) : null;
}
