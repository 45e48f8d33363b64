'use client';

import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';

type Props = {
  text: string;
  /** A button or link. The text repeats or shortens its own name, for fingers and screen readers get no tooltip. */
  children: ReactElement;
};

/** A word on what a control does, on hover and focus. */
export function Tooltip({ text, children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="z-50">
          <Base.Popup className="rounded-sm border border-line-strong bg-raised px-2 py-1 text-ink text-xs shadow-sm">
            {text}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
