'use client';

import { Switch as Base } from '@base-ui/react/switch';
import { ChoiceLabel, type ChoiceProps } from './choice-label.tsx';

/** On or off, at once. What needs a form to be sent, or a reason, is no switch. */
export function Switch({ id, label, hint, checked, onChange, disabled = false }: ChoiceProps) {
  return (
    <ChoiceLabel id={id} label={label} hint={hint} disabled={disabled}>
      <Base.Root
        id={id}
        nativeButton
        render={<button type="button" />}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next)}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-px flex h-5 w-9 shrink-0 rounded-full border border-line-strong bg-sunken p-0.5 data-checked:border-accent data-checked:bg-accent data-disabled:opacity-60"
      >
        <Base.Thumb className="size-3.5 rounded-full border border-line-strong bg-surface transition-transform data-checked:translate-x-4 data-checked:border-transparent" />
      </Base.Root>
    </ChoiceLabel>
  );
}
