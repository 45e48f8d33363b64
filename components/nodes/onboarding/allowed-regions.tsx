'use client';

import { useTranslations } from 'next-intl';
import type { UseFormReturn } from 'react-hook-form';
import { REGIONS } from '#lib/nodes/regions';
import { Checkbox } from '../../ui/checkbox.tsx';
import type { InviteValues } from './use-invite-schema.ts';

/** Where those may be who receive answers that the hospital's records contributed to. */
export function AllowedRegions({ form }: { form: UseFormReturn<InviteValues> }) {
  const t = useTranslations('onboarding.form');
  const allowed = form.watch('allowedRegions');
  const fault = form.formState.errors.allowedRegions?.message;
  function toggle(code: string, isAllowed: boolean) {
    const others = allowed.filter((other) => other !== code);
    form.setValue('allowedRegions', isAllowed ? [...others, code] : others, {
      shouldValidate: form.formState.isSubmitted,
    });
  }
  return (
    <fieldset id="field-allowedRegions" tabIndex={-1} aria-describedby="field-allowedRegions-error">
      <legend className="font-medium text-sm">{t('allowedRegions')}</legend>
      <p className="text-muted text-sm">{t('allowedRegionsHint')}</p>
      <div className="mt-2 grid max-h-56 gap-2 overflow-auto rounded-md border bg-sunken p-3 sm:grid-cols-2">
        {REGIONS.map(({ code, name }) => (
          <Checkbox
            key={code}
            id={`allowed-${code}`}
            label={code}
            hint={name}
            checked={allowed.includes(code)}
            onChange={(next) => toggle(code, next)}
          />
        ))}
      </div>
      <p id="field-allowedRegions-error" role="alert" className="mt-1 text-danger text-sm empty:hidden">
        {fault}
      </p>
    </fieldset>
  );
}
