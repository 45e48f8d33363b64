'use client';

import { Popover as Base } from '@base-ui/react/popover';
import type { ReactNode } from 'react';
import { buttonStyles } from './button.tsx';

type Props = {
  /** Names the button and what opens. */
  label: string;
  trigger: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  busy?: boolean;
  children: ReactNode;
};

/** A button that opens a small surface with controls of its own. */
export function Popover({ label, trigger, open, onOpenChange, busy = false, children }: Props) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Trigger aria-busy={busy} className={buttonStyles({ size: 'sm' })}>
        {trigger}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner align="end" sideOffset={4} className="z-50">
          <Base.Popup
            aria-label={label}
            className="max-h-(--available-height) max-w-[calc(100vw-16px)] overflow-y-auto rounded-md border border-line-strong bg-raised p-1 shadow-sm outline-none"
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
