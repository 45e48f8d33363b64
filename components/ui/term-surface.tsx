'use client';

import { Popover } from '@base-ui/react/popover';
import type { ComponentProps } from 'react';

type Props = { trigger: ComponentProps<typeof Popover.Trigger> & { id: string }; definition: string };

/** The term with its definition. */
export function TermSurface({ trigger, definition }: Props) {
  return (
    <Popover.Root>
      <Popover.Trigger openOnHover {...trigger} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} className="z-50">
          <Popover.Popup
            aria-labelledby={trigger.id}
            className="max-w-72 rounded-md border border-line-strong bg-raised px-3 py-2 text-ink text-sm shadow-sm outline-none"
          >
            <Popover.Description>{definition}</Popover.Description>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
