'use client';

import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import { ChoiceLabel, type ChoiceProps } from './choice-label.tsx';

type Props = ChoiceProps & {
  /** Some of what it stands for is chosen, not all. */
  partly?: boolean;
};

/** Yes or no, which counts when the form is sent. */
export function Checkbox({ id, label, hint, checked, partly = false, onChange, disabled = false }: Props) {
  return (
    <ChoiceLabel id={id} label={label} hint={hint} disabled={disabled}>
      <Base.Root
        id={id}
        nativeButton
        render={<button type="button" />}
        checked={checked}
        indeterminate={partly}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next)}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-[3px] border border-line-strong bg-surface text-on-accent data-checked:border-accent data-checked:bg-accent data-disabled:opacity-60 data-indeterminate:border-accent data-indeterminate:bg-accent"
      >
        <Base.Indicator>
          {partly ? <Minus aria-hidden className="size-3.5" /> : <Check aria-hidden className="size-3.5" />}
        </Base.Indicator>
      </Base.Root>
    </ChoiceLabel>
  );
}
