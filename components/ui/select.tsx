'use client';

import { ChevronsUpDown } from 'lucide-react';
import { cn } from './cn.ts';
import { controlStyles } from './field.tsx';
import { useOnDemand } from './use-on-demand.ts';

const load = () => import('./select-list.tsx');

export type Option = { value: string; label: string; hint?: string };

export type SelectProps = {
  id: string;
  options: Option[];
  value: string;
  onChange: (value: string) => void;
  disabled?: boolean;
};

/** One choice of a list. The field that holds it supplies `${id}-label`. */
export function Select({ id, options, value, onChange, disabled = false }: SelectProps) {
  const { part, ref, button } = useOnDemand(load, { opensByArrows: true });
  const common = {
    id,
    ref,
    'aria-labelledby': `${id}-label ${id}`,
    className: cn(controlStyles, 'flex h-9 items-center justify-between gap-2 text-left'),
  };
  if (part)
    return (
      <part.SelectList
        trigger={common}
        options={options}
        value={value}
        onChange={onChange}
        disabled={disabled}
      />
    );
  return (
    <button
      type="button"
      role="combobox"
      aria-haspopup="listbox"
      aria-expanded={false}
      disabled={disabled}
      {...button}
      {...common}
    >
      <span className="truncate">{options.find((option) => option.value === value)?.label}</span>
      <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
    </button>
  );
}
