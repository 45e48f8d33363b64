'use client';

import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { Input } from '../../ui/field.tsx';
import { FormField } from '../../ui/form/form-field.tsx';
import type { InviteValues } from './use-invite-schema.ts';

type Name = Exclude<
  keyof InviteValues,
  'kind' | 'allowedRegions' | 'hours' | 'regime' | 'region' | 'hospitalId' | 'name'
>;

/** Label, hint, control and fault of the fields in one row share their lines, however many the hint beside takes. */
const LINED_UP = 'row-span-4 mb-3 grid grid-rows-subgrid';

/** What the hospital declares of its node. It is measured later; the console shows both. */
export function SiteFields({ form }: { form: UseFormReturn<InviteValues> }) {
  const t = useTranslations('onboarding.form');
  const field = (name: Name, hint: string, rest: ComponentProps<'input'> = {}) => (
    <FormField form={form} name={name} label={t(`fields.${name}`)} hint={hint} className={LINED_UP}>
      {(control) => <Input {...control} autoComplete="off" {...rest} />}
    </FormField>
  );
  const figures = { inputMode: 'numeric', className: 'figures' } as const;
  return (
    <div className="grid gap-x-4 gap-y-1 sm:grid-cols-2">
      {field('siteName', t('hints.siteName'))}
      {field('jurisdiction', t('hints.jurisdiction'))}
      {field('dataSize', t('hints.dataSize'), figures)}
      {field('shards', t('hints.shards'), figures)}
      {field('computeCapacity', t('hints.computeCapacity'))}
      {field('lanes', t('hints.lanes'), figures)}
      {field('complianceLevel', t('hints.complianceLevel'))}
      {field('endpoint', t('hints.endpoint'), { type: 'url' })}
    </div>
  );
}
