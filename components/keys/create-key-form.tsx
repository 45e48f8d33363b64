'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { z } from 'zod';
import { type CreateKey, KEY_DAYS } from '#lib/identity/api-keys/schemas';
import { plainText } from '#lib/identity/plain-text';
import { consoleApi } from '../console-api.ts';
import { FormButtons } from '../members/form-buttons.tsx';
import { Field, Input } from '../ui/field.tsx';
import { FormField } from '../ui/form/form-field.tsx';
import { FormProblem } from '../ui/form/form-problem.tsx';
import { useZodForm } from '../ui/form/use-zod-form.ts';
import { Select } from '../ui/select.tsx';
import type { MadeKey } from './new-key.tsx';

const reply = z.object({ key: z.string(), expiresAt: z.iso.datetime() });

/** A name and how long the key is to work. */
export function CreateKeyForm({ onMade }: { onMade: (made: MadeKey) => void }) {
  const t = useTranslations('keys.create');
  const schema = z.object({
    name: plainText({ max: 80, fault: t('nameFault') }),
    days: z.literal(KEY_DAYS),
  });
  const form = useZodForm(schema, { name: '', days: 90 as CreateKey['days'] });
  const create = useMutation({
    mutationFn: (body: CreateKey) => consoleApi('/api/console/keys', reply, { body }),
    onSuccess: onMade,
  });
  return (
    <form
      noValidate
      onSubmit={form.handleSubmit((values) => create.mutate(values))}
      className="flex flex-col gap-4"
    >
      <FormField form={form} name="name" label={t('name')} hint={t('nameHint')}>
        {(control) => <Input {...control} autoComplete="off" />}
      </FormField>
      <Field id="key-days" label={t('days')}>
        <Select
          id="key-days"
          options={KEY_DAYS.map((days) => ({ value: String(days), label: t('daysOption', { days }) }))}
          value={String(form.watch('days'))}
          onChange={(value) => form.setValue('days', Number(value) as CreateKey['days'])}
        />
      </Field>
      <FormProblem problem={create.error} />
      <FormButtons submit={t('submit')} busy={create.isPending} />
    </form>
  );
}
