'use client';

import { CSPProvider } from '@base-ui/react/csp-provider';
import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import type { SelectProps } from './select.tsx';

type Props = Omit<SelectProps, 'id'> & { trigger: ComponentProps<typeof Base.Trigger> };

/** The field with its list. */
export function SelectList({ trigger, options, value, onChange, disabled = false }: Props) {
  return (
    // Its style is for scroll arrows, which are not used here, and the policy of the page refuses it.
    <CSPProvider disableStyleElements>
      <Base.Root
        items={options}
        value={value}
        disabled={disabled}
        onValueChange={(next) => next !== null && onChange(next)}
      >
        <Base.Trigger {...trigger}>
          <span className="truncate">
            <Base.Value />
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
            <Base.Popup className="max-h-80 min-w-(--anchor-width) max-w-96 overflow-y-auto rounded-md border border-line-strong bg-raised p-1 shadow-sm outline-none">
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  className="grid cursor-default grid-cols-[16px_1fr] gap-x-2 rounded-sm px-2 py-1.5 outline-none data-highlighted:bg-sunken"
                >
                  <Base.ItemIndicator className="col-start-1 mt-0.5">
                    <Check aria-hidden className="size-4" />
                  </Base.ItemIndicator>
                  <Base.ItemText className="col-start-2">{option.label}</Base.ItemText>
                  {option.hint ? <span className="col-start-2 text-muted text-sm">{option.hint}</span> : null}
                </Base.Item>
              ))}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </CSPProvider>
  );
}
