'use client';

import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';

type Props = { content: ReactNode; children: ReactElement<Record<string, unknown>> };

/** A short explanation on hover and on focus. `children` is the one element it explains. */
export function Tooltip({ content, children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={300} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="z-50">
          <Base.Popup className="max-w-72 rounded-md border bg-raised px-3 py-2 text-ink text-sm shadow-sm">
            {content}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
