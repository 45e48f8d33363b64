'use client';

import type { ReactNode } from 'react';
import { type Control, Controller, type FieldPath, type FieldValues } from 'react-hook-form';
import { Checkbox } from '../checkbox.tsx';

type Props<Values extends FieldValues> = {
  form: { control: Control<Values> };
  name: FieldPath<Values>;
  label: ReactNode;
  hint?: ReactNode;
};

/** Yes or no as a field of a form. */
export function FormCheckbox<Values extends FieldValues>({ form, name, label, hint }: Props<Values>) {
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field, fieldState }) => (
        <div className="flex flex-col gap-1">
          <Checkbox
            id={`field-${name}`}
            label={label}
            hint={hint}
            checked={field.value === true}
            onChange={field.onChange}
          />
          <p role="alert" className="text-danger text-sm empty:hidden">
            {fieldState.error?.message}
          </p>
        </div>
      )}
    />
  );
}
