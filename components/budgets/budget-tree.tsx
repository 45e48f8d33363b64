'use client';

import { SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs';
import { useId, useState } from 'react';
import type { BudgetNode } from '#lib/budgets/budget-tree';
import { Button } from '../ui/button.tsx';
import { PeekPanel } from '../ui/data-table/peek-panel.tsx';
import { Empty } from '../ui/empty.tsx';
import { Input } from '../ui/field.tsx';
import { Panel } from '../ui/panel.tsx';
import { BarLegend } from './account-bar.tsx';
import { AccountPeek } from './account-peek.tsx';
import { BudgetTable } from './budget-table.tsx';
import { treeRows } from './build-tree.ts';

type Props = {
  nodes: BudgetNode[];
  bindingId: string | null;
  overseer: boolean;
  /** What a default question costs, for its words: "ε 0.100". */
  epsilon: number;
};

/** All budgets in view: the datasets, which carry the guarantee, and the tree of quotas. */
export function BudgetTree({ nodes, bindingId, overseer, epsilon }: Props) {
  const t = useTranslations('budgets');
  const id = useId();
  const [address, setAddress] = useQueryStates({
    q: parseAsString.withDefault(''),
    near: parseAsBoolean.withDefault(false),
    peek: parseAsString,
  });
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const filter = { search: address.q, nearCap: address.near, closed };
  const datasets = treeRows(
    nodes.filter((node) => node.kind === 'dataset'),
    filter,
  );
  const quotas = treeRows(
    nodes.filter((node) => node.kind !== 'dataset'),
    filter,
  );
  const rows = [...datasets, ...quotas].map((row) => row.node);
  const place = rows.findIndex((node) => node.id === address.peek);
  const open = nodes.find((node) => node.id === address.peek);
  const peekAt = (index: number) => {
    const other = rows[index];
    return other && place >= 0 ? () => void setAddress({ peek: other.id }) : null;
  };
  const table = {
    bindingId,
    overseer,
    openId: address.peek,
    onPeek: (nodeId: string) => void setAddress({ peek: nodeId }, { history: 'push' }),
    onToggle: (nodeId: string) => setClosed(toggled(closed, nodeId)),
  };
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Input
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          className="h-8 w-full sm:w-64"
          value={address.q}
          onChange={(event) => void setAddress({ q: event.target.value || null })}
        />
        <label htmlFor={id} className="flex items-center gap-2 text-sm">
          <input
            id={id}
            type="checkbox"
            className="size-4 accent-accent"
            checked={address.near}
            onChange={(event) => void setAddress({ near: event.target.checked || null })}
          />
          {t('nearCap')}
        </label>
        <span className="flex-1" />
        <BarLegend />
      </div>
      {rows.length === 0 ? (
        <Panel>
          <Empty
            icon={SearchX}
            title={t('noMatch')}
            actions={<Button onClick={() => void setAddress({ q: null, near: null })}>{t('clear')}</Button>}
          >
            {t('noMatchText')}
          </Empty>
        </Panel>
      ) : null}
      {datasets.length > 0 ? (
        <Panel title={t('groups.dataset')} flush>
          <p className="border-b px-4 py-3 text-muted text-sm">{t('groupHints.dataset')}</p>
          <BudgetTable caption={t('groups.dataset')} rows={datasets} {...table} />
        </Panel>
      ) : null}
      {quotas.length > 0 ? (
        <Panel title={t('groups.quotas')} flush>
          <p className="border-b px-4 py-3 text-muted text-sm">{t('groupHints.quotas')}</p>
          <BudgetTable caption={t('groups.quotas')} rows={quotas} {...table} />
        </Panel>
      ) : null}
      <PeekPanel
        open={open !== undefined}
        title={open?.name ?? ''}
        href={open ? `/budgets/${open.id}` : null}
        onPrevious={peekAt(place - 1)}
        onNext={peekAt(place + 1)}
        onClose={() => void setAddress({ peek: null })}
      >
        {open ? <AccountPeek node={open} epsilon={epsilon} /> : null}
      </PeekPanel>
    </>
  );
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
