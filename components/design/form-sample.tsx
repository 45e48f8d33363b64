'use client';

import { useTranslations } from 'next-intl';
import { z } from 'zod';
import { Button } from '../ui/button.tsx';
import { Input, Textarea } from '../ui/field.tsx';
import { ErrorSummary } from '../ui/form/error-summary.tsx';
import { FormCheckbox } from '../ui/form/form-checkbox.tsx';
import { FormField } from '../ui/form/form-field.tsx';
import { FormSelect } from '../ui/form/form-select.tsx';
import { useZodForm } from '../ui/form/use-zod-form.ts';
import { useToast } from '../ui/toast.ts';

/** A form with its summary of what is wrong: send it empty. */
export function FormSample() {
  const t = useTranslations('design.form');
  const say = useToast();
  const schema = z.object({
    name: z.string().trim().min(2, t('nameFault')),
    region: z.enum(['DE', 'FR'], t('regionFault')),
    note: z.string().max(40, t('noteFault')),
    agreed: z.literal(true, t('agreedFault')),
  });
  const start = { name: '', region: '' as 'DE', note: '', agreed: false as true };
  const form = useZodForm(schema, start, { summary: true });
  return (
    <form
      noValidate
      onSubmit={form.handleSubmit(() => say.ok({ text: t('sent') }))}
      className="flex max-w-lg flex-col gap-4"
    >
      <ErrorSummary form={form} />
      <FormField form={form} name="name" label={t('name')} hint={t('nameHint')}>
        {(control) => <Input {...control} autoComplete="off" />}
      </FormField>
      <FormSelect
        form={form}
        name="region"
        label={t('region')}
        options={['DE', 'FR'].map((value) => ({ value, label: value }))}
      />
      <FormField form={form} name="note" label={t('note')}>
        {(control) => <Textarea {...control} />}
      </FormField>
      <FormCheckbox form={form} name="agreed" label={t('agreed')} />
      <Button type="submit" variant="primary" className="self-start">
        {t('send')}
      </Button>
    </form>
  );
}
