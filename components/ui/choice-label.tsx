import type { ReactNode } from 'react';
import { cn } from './cn.ts';

type Props = { id: string; label: ReactNode; hint?: ReactNode; disabled: boolean; children: ReactNode };

/** A control that is on or off, with its words beside it; a press on the words counts. */
export function ChoiceLabel({ id, label, hint, disabled, children }: Props) {
  return (
    <div className="flex min-h-6 items-start gap-3">
      {children}
      <div className="flex flex-col">
        <label htmlFor={id} className={cn('font-medium text-sm', disabled ? 'text-muted' : 'cursor-pointer')}>
          {label}
        </label>
        {hint ? (
          <p id={`${id}-hint`} className="text-muted text-sm">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}

export type ChoiceProps = {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
};
