'use client';

import { Popover as Base } from '@base-ui/react/popover';
import type { ComponentProps, ReactNode } from 'react';

type Props = {
  label: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trigger: ComponentProps<typeof Base.Trigger>;
  children: ReactNode;
};

/** The button with its surface. */
export function PopoverSurface({ label, open, onOpenChange, trigger, children }: Props) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Trigger {...trigger} />
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
