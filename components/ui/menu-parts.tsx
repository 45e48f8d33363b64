'use client';

import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

type SurfaceProps = { trigger: ComponentProps<typeof Base.Trigger>; children: ReactNode };

/** The button with its menu. */
export function MenuSurface({ trigger, children }: SurfaceProps) {
  return (
    <Base.Root>
      <Base.Trigger {...trigger} />
      <Base.Portal>
        <Base.Positioner align="end" sideOffset={4} className="z-50">
          <Base.Popup className="max-h-(--available-height) min-w-56 overflow-y-auto rounded-md border border-line-strong bg-raised p-1 shadow-sm outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

const itemStyles =
  'flex h-9 cursor-default items-center gap-2 rounded-sm px-2 text-sm outline-none data-disabled:text-muted data-highlighted:bg-sunken [&_svg]:size-4';

export function MenuItem({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <Base.Item onClick={onSelect} className={itemStyles}>
      {children}
    </Base.Item>
  );
}

/** Items under a heading, parted from those before. */
export function MenuGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Base.Group className="border-line not-first:mt-1 not-first:border-t not-first:pt-1">
      <Base.GroupLabel className="px-2 py-1 font-medium text-muted text-xs">{heading}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}

type CheckProps = { checked: boolean; onChange: (checked: boolean) => void; children: ReactNode };

/** Something that is on or off; the menu stays open for the next one. */
export function MenuCheck({ checked, onChange, children }: CheckProps) {
  return (
    <Base.CheckboxItem
      checked={checked}
      onCheckedChange={(next) => onChange(next)}
      closeOnClick={false}
      className={itemStyles}
    >
      <span className="flex flex-1 items-center gap-2">{children}</span>
      <Base.CheckboxItemIndicator>
        <Check aria-hidden />
      </Base.CheckboxItemIndicator>
    </Base.CheckboxItem>
  );
}

type ChoiceProps<T extends string> = {
  value: T;
  onChange: (value: T) => void;
  options: { value: T; label: ReactNode }[];
};

export function MenuChoice<T extends string>({ value, onChange, options }: ChoiceProps<T>) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next: T) => onChange(next)}>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} className={itemStyles}>
          <span className="flex flex-1 items-center gap-2">{option.label}</span>
          <Base.RadioItemIndicator>
            <Check aria-hidden />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}
