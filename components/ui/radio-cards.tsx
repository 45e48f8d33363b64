'use client';

import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { useId } from 'react';

type Props<T extends string> = {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: { value: T; label: string; hint: string }[];
  disabled?: boolean;
};

/** A choice with consequences: each option says what it means. */
export function RadioCards<T extends string>({
  label,
  value,
  onChange,
  options,
  disabled = false,
}: Props<T>) {
  const id = useId();
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      disabled={disabled}
      onValueChange={(next) => onChange(next as T)}
      className="grid gap-2 sm:grid-cols-2 sm:[&>:last-child:nth-child(odd)]:col-span-2"
    >
      {options.map((option) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: Radio.Root brings its own input
        <label
          key={option.value}
          className="flex cursor-pointer gap-3 rounded-md border bg-surface p-3 has-data-checked:border-accent has-data-checked:bg-accent-soft"
        >
          <Radio.Root
            value={option.value}
            aria-labelledby={`${id}-${option.value}`}
            aria-describedby={`${id}-${option.value}-hint`}
            className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface data-checked:border-accent"
          >
            <Radio.Indicator className="size-2 rounded-full bg-accent" />
          </Radio.Root>
          <span className="flex flex-col">
            <span id={`${id}-${option.value}`} className="font-medium text-sm">
              {option.label}
            </span>
            <span id={`${id}-${option.value}-hint`} className="text-muted text-sm">
              {option.hint}
            </span>
          </span>
        </label>
      ))}
    </RadioGroup>
  );
}
