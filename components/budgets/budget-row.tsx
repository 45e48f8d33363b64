'use client';

import { Building2, ChevronRight, Database, type LucideIcon, User, Users } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { BudgetNode } from '#lib/budgets/budget-tree';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/cn.ts';
import type { Column } from '../ui/data-table/columns.ts';
import { BodyCell, BodyRow, rowLinkStyles } from '../ui/data-table/table-parts.tsx';
import { StateBadge } from '../ui/state.tsx';
import type { TreeRow } from './build-tree.ts';

const ICONS: Record<BudgetNode['kind'], LucideIcon> = {
  dataset: Database,
  organisation: Building2,
  department: Users,
  user: User,
};
/** How far each level is moved in. */
const INDENT_PX = 20;

type Cell = Pick<Column<TreeRow>, 'key' | 'heading' | 'figures' | 'title'>;
type Props = {
  row: TreeRow;
  name: Cell;
  cells: (Cell & { cell: (row: TreeRow) => ReactNode })[];
  badge: string | null;
  isPeeked: boolean;
  onPeek: () => void;
  onToggle: () => void;
};

/** One account of the tree. Its name opens the peek panel, and from there its page; a mark before it its children. */
export function BudgetRow({ row, name, cells, badge, isPeeked, onPeek, onToggle }: Props) {
  const t = useTranslations('budgets');
  const kinds = useTranslations('accountKinds');
  const { node, depth, children, isOpen } = row;
  const Icon = ICONS[node.kind];
  return (
    <BodyRow className={cn(isPeeked && 'bg-accent-soft hover:bg-accent-soft')}>
      <BodyCell column={name as Column<TreeRow>}>
        <span className="flex items-center gap-1.5" style={{ paddingLeft: depth * INDENT_PX }}>
          {children > 0 ? (
            <Button
              variant="quiet"
              size="iconSm"
              aria-expanded={isOpen}
              aria-label={t('children', { name: node.name, count: children })}
              onClick={onToggle}
            >
              <ChevronRight aria-hidden className={cn('transition-transform', isOpen && 'rotate-90')} />
            </Button>
          ) : (
            <span aria-hidden className="w-6 shrink-0" />
          )}
          <Icon aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="flex min-w-0 flex-col">
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Link
                href={`/budgets/${node.id}`}
                prefetch={false}
                aria-haspopup="dialog"
                onNavigate={(event) => {
                  if (isPeeked) return;
                  event.preventDefault();
                  onPeek();
                }}
                className={rowLinkStyles}
              >
                {node.name}
              </Link>
              {badge ? <StateBadge tone="info">{badge}</StateBadge> : null}
              {node.state === 'open' ? null : (
                <StateBadge tone="attention">{t(`states.${node.state}`)}</StateBadge>
              )}
              {node.nearCap ? <StateBadge tone="attention">{t('isNearCap')}</StateBadge> : null}
            </span>
            <span className="font-normal text-muted text-xs">{kinds(node.kind)}</span>
          </span>
        </span>
      </BodyCell>
      {cells.map((cell) => (
        <BodyCell key={cell.key} column={cell as Column<TreeRow>}>
          {cell.cell(row)}
        </BodyCell>
      ))}
    </BodyRow>
  );
}
