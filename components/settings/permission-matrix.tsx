'use client';

import { Check, Minus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ROLES, type Role } from '#lib/actor';
import { type MatrixRow, matrixRows } from '#lib/identity/matrix-rows';
import type { Scope } from '#lib/identity/permissions';
import { usePermissionWords } from '../members/use-permission-words.ts';
import type { Column } from '../ui/data-table/columns.ts';
import { ScrollArea } from '../ui/data-table/scroll-area.tsx';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Panel } from '../ui/panel.tsx';
import { RolesList } from './roles-list.tsx';

/** The matrix that decides, to read: made from it, so that it cannot say anything else. */
export function PermissionMatrix({ own }: { own: Role }) {
  const t = useTranslations('settings.roles');
  const roles = useTranslations('roles');
  const words = usePermissionWords();
  const columns: Column<MatrixRow>[] = [
    {
      key: 'action',
      heading: t('action'),
      title: true,
      cell: ({ action, kind }) => words.action(action, kind),
    },
    ...ROLES.map((role) => ({
      key: role,
      heading: role === own ? t('yours', { role: roles(role) }) : roles(role),
      cell: ({ scopes }: MatrixRow) => <ScopeWord scope={scopes[role]} word={words.scope(scopes[role])} />,
    })),
  ];
  return (
    <Panel title={t('title')} flush>
      <p className="px-4 pt-3 pb-2 text-muted text-sm">{t('text')}</p>
      <div className="xl:hidden">
        <RolesList own={own} />
      </div>
      <div className="max-xl:hidden">
        <ScrollArea label={t('caption')}>
          <SimpleTable
            caption={t('caption')}
            columns={columns}
            rows={matrixRows()}
            rowKey={({ action, kind }) => `${action} ${kind}`}
          />
        </ScrollArea>
      </div>
    </Panel>
  );
}

function ScopeWord({ scope, word }: { scope: Scope | null; word: string }) {
  return scope ? (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      <Check aria-hidden className="size-3.5 shrink-0 text-ok" />
      {word}
    </span>
  ) : (
    <span className="inline-flex items-center gap-1 text-muted">
      <Minus aria-hidden className="size-3.5 shrink-0" />
      {word}
    </span>
  );
}
