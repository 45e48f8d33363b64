import type { ReactNode } from 'react';
import { cn } from './cn.ts';

type PanelProps = {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
  flush?: boolean;
};

/** A bordered surface with an optional heading. `flush` lets a table or list touch the edges. */
export function Panel({ title, actions, children, className, flush = false }: PanelProps) {
  return (
    <section className={cn('min-w-0 rounded-md border bg-surface', className)}>
      {title ? (
        <header className="flex min-h-11 flex-wrap items-center justify-between gap-2 border-b px-4 py-2">
          <h2 className="text-base">{title}</h2>
          {actions}
        </header>
      ) : null}
      <div className={flush ? '' : 'p-4'}>{children}</div>
    </section>
  );
}

/** The properties column of a detail page: what a thing is, as name and value. */
export function Properties({ items }: { items: { name: ReactNode; value: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-4 gap-y-3 text-sm">
      {items.map((item, index) => (
        <div key={index} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-muted">{item.name}</dt>
          <dd className="min-w-0 break-words">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
