'use client';

import { useLocale, useTranslations } from 'next-intl';
import { formatShare } from '#lib/i18n/quantities';
import { ScrollArea } from '../ui/data-table/scroll-area.tsx';
import { HeadCell, Heading, TableFrame } from '../ui/data-table/table-parts.tsx';
import { AccountBar } from './account-bar.tsx';
import { BudgetRow } from './budget-row.tsx';
import type { TreeRow } from './build-tree.ts';
import { CapMark, OdometerMark } from './cap-and-odometer.tsx';
import { ForecastBrief } from './forecast-text.tsx';

type Props = {
  caption: string;
  rows: TreeRow[];
  bindingId: string | null;
  overseer: boolean;
  openId: string | null;
  onPeek: (id: string) => void;
  onToggle: (id: string) => void;
};

/** Accounts as rows, each under the one that holds it: how full, what is left of it, until when. */
export function BudgetTable({ caption, rows, bindingId, overseer, openId, onPeek, onToggle }: Props) {
  const t = useTranslations('budgets');
  const locale = useLocale();
  const format = new Intl.NumberFormat(locale);
  const name = { key: 'name', heading: t('name'), title: true };
  // Of a period that is over nothing more can be asked.
  const isOver = rows.every(({ node }) => node.forecast.kind === 'period_over');
  const running = [
    {
      key: 'left',
      heading: t('questionsLeftShort'),
      figures: true,
      cell: ({ node }: TreeRow) => format.format(node.questionsLeft),
    },
    {
      key: 'forecast',
      heading: t('runsOut'),
      term: 'forecast' as const,
      cell: ({ node }: TreeRow) => <ForecastBrief forecast={node.forecast} />,
    },
  ];
  const cells = [
    {
      key: 'bar',
      heading: t('used'),
      cell: ({ node }: TreeRow) => (
        <span className="flex w-full min-w-36 max-w-96 flex-col gap-1 text-sm md:w-52 xl:w-96">
          <span className="flex items-center gap-2">
            <AccountBar account={node} />
            <span className="figures w-16 shrink-0 text-right text-muted text-xs">
              {t('remaining', { share: formatShare(node.remainingShare, locale) })}
            </span>
          </span>
          <span className="flex flex-wrap justify-between gap-x-3">
            <CapMark account={node} />
            <OdometerMark account={node} />
          </span>
        </span>
      ),
    },
    ...(isOver ? [] : running),
  ];
  return (
    <ScrollArea label={caption}>
      <TableFrame
        caption={caption}
        head={[name, ...cells].map((column) => (
          <HeadCell key={column.key} figures={'figures' in column && column.figures}>
            <Heading column={column} />
          </HeadCell>
        ))}
      >
        {rows.map((row) => (
          <BudgetRow
            key={row.node.id}
            row={row}
            name={name}
            cells={cells}
            badge={row.node.id === bindingId ? t(overseer ? 'bindsOverseer' : 'binds') : null}
            isPeeked={row.node.id === openId}
            onPeek={() => onPeek(row.node.id)}
            onToggle={() => onToggle(row.node.id)}
          />
        ))}
      </TableFrame>
    </ScrollArea>
  );
}
