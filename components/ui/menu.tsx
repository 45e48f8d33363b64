'use client';

import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonStyles } from './button.tsx';

type MenuProps = { label: string; trigger: ReactNode; children: ReactNode };

/** A button that opens a list of actions or choices. `label` names the button. */
export function Menu({ label, trigger, children }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger
        aria-label={label}
        title={label}
        className={buttonStyles({ variant: 'quiet', size: 'icon' })}
      >
        {trigger}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner align="end" sideOffset={4} className="z-50">
          <Base.Popup className="min-w-56 rounded-md border border-line-strong bg-raised p-1 shadow-sm outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

const itemStyles =
  'flex h-9 cursor-default items-center gap-2 rounded-sm px-2 text-sm outline-none data-highlighted:bg-sunken [&_svg]:size-4';

export function MenuItem({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <Base.Item onClick={onSelect} className={itemStyles}>
      {children}
    </Base.Item>
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
