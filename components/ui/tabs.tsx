'use client';

import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

type Props<T extends string> = {
  label: string;
  tabs: { value: T; label: ReactNode; panel: ReactNode }[];
  /** The first until somebody chooses. */
  defaultValue?: T;
};

/** Several faces of one thing, one in view. What must be linked to belongs on its own page instead. */
export function Tabs<T extends string>({ label, tabs, defaultValue }: Props<T>) {
  return (
    <Base.Root defaultValue={defaultValue ?? tabs[0]?.value ?? null}>
      <Base.List aria-label={label} className="flex gap-1 overflow-x-auto border-b px-1">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="-mb-px flex h-10 shrink-0 items-center gap-2 border-transparent border-b-2 px-3 text-muted text-sm hover:text-ink focus-visible:-outline-offset-2 data-active:border-accent data-active:font-medium data-active:text-ink"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="pt-4">
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
