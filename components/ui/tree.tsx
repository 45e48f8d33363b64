'use client';

import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export type TreeItem = {
  key: string;
  label: ReactNode;
  /** At the line's end: a figure, a state. */
  aside?: ReactNode;
  children?: TreeItem[];
};

/** Things inside things. Branches are open at first; a press on one folds it. */
export function Tree({ label, items }: { label: string; items: TreeItem[] }) {
  return (
    <ul aria-label={label} className="figures flex flex-col text-sm">
      {items.map((item) => (
        <Branch key={item.key} item={item} />
      ))}
    </ul>
  );
}

const line = 'flex min-h-8 w-full items-center gap-2 rounded-sm px-2 text-left';

function Branch({ item }: { item: TreeItem }) {
  const text = (
    <>
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      <span className="shrink-0 text-muted">{item.aside}</span>
    </>
  );
  if (!item.children?.length) return <li className={cn(line, 'pl-8')}>{text}</li>;
  return (
    <Collapsible.Root defaultOpen render={<li />}>
      <Collapsible.Trigger className={cn(line, 'group hover:bg-sunken')}>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-muted group-data-panel-open:rotate-90" />
        {text}
      </Collapsible.Trigger>
      <Collapsible.Panel render={<ul />} className="ml-4 border-l pl-1">
        {item.children.map((child) => (
          <Branch key={child.key} item={child} />
        ))}
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}
