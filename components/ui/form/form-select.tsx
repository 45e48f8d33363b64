'use client';

import type { ReactNode } from 'react';
import { type Control, Controller, type FieldPath, type FieldValues } from 'react-hook-form';
import { Field } from '../field.tsx';
import { type Option, Select } from '../select.tsx';

type Props<Values extends FieldValues> = {
  form: { control: Control<Values> };
  name: FieldPath<Values>;
  label: ReactNode;
  hint?: ReactNode;
  options: Option[];
  disabled?: boolean;
  /** Told what was chosen, after the form knows it. */
  onChosen?: (value: string) => void;
};

/** One choice of a list as a field of a form. */
export function FormSelect<Values extends FieldValues>(props: Props<Values>) {
  const { form, name, label, hint, options, disabled = false, onChosen } = props;
  const id = `field-${name}`;
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field, fieldState }) => (
        <Field id={id} label={label} hint={hint} error={fieldState.error?.message}>
          <Select
            id={id}
            options={options}
            value={field.value}
            onChange={(value) => {
              field.onChange(value);
              onChosen?.(value);
            }}
            disabled={disabled}
          />
        </Field>
      )}
    />
  );
}
