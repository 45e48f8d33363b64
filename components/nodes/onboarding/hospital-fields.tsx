'use client';

import { useTranslations } from 'next-intl';
import type { UseFormReturn } from 'react-hook-form';
import type { InvitableHospitals } from '#lib/nodes/onboarding/invitable-hospitals';
import { REGIMES } from '#lib/nodes/onboarding/schemas';
import { REGIONS } from '#lib/nodes/regions';
import { Input } from '../../ui/field.tsx';
import { FormField } from '../../ui/form/form-field.tsx';
import { FormSelect } from '../../ui/form/form-select.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { AllowedRegions } from './allowed-regions.tsx';
import type { InviteValues } from './use-invite-schema.ts';

type Props = { form: UseFormReturn<InviteValues>; hospitals: InvitableHospitals };

/** Whose node it will be: a hospital that the organisation has, or one that is new to it. */
export function HospitalFields({ form, hospitals }: Props) {
  const t = useTranslations('onboarding.form');
  const kind = form.watch('kind');
  const { free, taken } = hospitals;
  function choose(hospitalId: string) {
    const hospital = free.find(({ id }) => id === hospitalId);
    if (hospital?.shards) form.setValue('shards', String(hospital.shards));
  }
  const regions = REGIONS.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }));
  return (
    <div className="flex flex-col gap-4">
      <RadioCards
        label={t('whose')}
        value={kind}
        onChange={(next) => form.setValue('kind', next)}
        options={(['existing', 'new'] as const).map((value) => ({
          value,
          label: t(`kinds.${value}`),
          hint: t(`kindHints.${value}`),
        }))}
      />
      {kind === 'existing' ? (
        <>
          <FormSelect
            form={form}
            name="hospitalId"
            label={t('hospitalName')}
            options={[
              { value: '', label: t('choose') },
              ...free.map(({ id, name, region }) => ({ value: id, label: `${name} · ${region}` })),
            ]}
            onChosen={choose}
          />
          {taken.length > 0 ? (
            <p className="text-muted text-sm">{t('taken', { names: taken.join(', ') })}</p>
          ) : null}
        </>
      ) : (
        <>
          <FormField form={form} name="name" label={t('hospitalName')}>
            {(control) => <Input {...control} autoComplete="off" />}
          </FormField>
          <div className="grid gap-4 sm:grid-cols-2">
            <FormSelect
              form={form}
              name="regime"
              label={t('regime')}
              options={REGIMES.map((value) => ({ value, label: value }))}
            />
            <FormSelect
              form={form}
              name="region"
              label={t('region')}
              options={[{ value: '', label: t('choose') }, ...regions]}
            />
          </div>
          <AllowedRegions form={form} />
        </>
      )}
    </div>
  );
}
