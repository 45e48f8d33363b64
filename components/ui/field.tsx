import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';

export const controlStyles =
  'w-full rounded-md border border-line-strong bg-surface px-3 text-base text-ink placeholder:text-muted disabled:bg-sunken disabled:text-muted aria-invalid:border-danger';

type FieldProps = {
  id: string;
  label: ReactNode;
  /** Shown under the label; the control should name `${id}-hint` in aria-describedby. */
  hint?: ReactNode;
  /** Shown under the control and announced; the control should name `${id}-error` in aria-describedby. */
  error?: ReactNode;
  children: ReactNode;
  className?: string;
};

/** A labelled control with its hint and its fault, tied together by ids. */
export function Field({ id, label, hint, error, children, className }: FieldProps) {
  return (
    <div className={cn('flex flex-col gap-1', className)}>
      <label htmlFor={id} id={`${id}-label`} className="font-medium text-sm">
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      ) : null}
      {children}
      <p id={`${id}-error`} role="alert" className="text-danger text-sm empty:hidden">
        {error}
      </p>
    </div>
  );
}

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={cn(controlStyles, 'h-9', className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={cn(controlStyles, 'min-h-24 py-2', className)} {...rest} />;
}
