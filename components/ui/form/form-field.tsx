'use client';

import type { ReactNode } from 'react';
import type { FieldPath, FieldValues, UseFormRegisterReturn, UseFormReturn } from 'react-hook-form';
import { Field } from '../field.tsx';

/** What the control takes: its registration with the form, and what ties it to its label, hint and fault. */
export type Control = UseFormRegisterReturn & {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string;
};

type Props<Values extends FieldValues> = {
  form: Pick<UseFormReturn<Values>, 'register' | 'getFieldState' | 'formState'>;
  name: FieldPath<Values>;
  label: ReactNode;
  hint?: ReactNode;
  children: (control: Control) => ReactNode;
  className?: string;
};

/** A field of a form: `{(control) => <Input {...control} />}`. */
export function FormField<Values extends FieldValues>(props: Props<Values>) {
  const { form, name, label, hint, children, className } = props;
  const id = `field-${name}`;
  const { error } = form.getFieldState(name, form.formState);
  return (
    <Field id={id} label={label} hint={hint} error={error?.message} {...(className ? { className } : {})}>
      {children({
        ...form.register(name),
        id,
        'aria-invalid': error !== undefined,
        'aria-describedby': [hint ? `${id}-hint` : '', `${id}-error`].filter(Boolean).join(' '),
      })}
    </Field>
  );
}
