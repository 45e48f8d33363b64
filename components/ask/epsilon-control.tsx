'use client';

import { useLocale, useTranslations } from 'next-intl';
import { formatEpsilon } from '#lib/i18n/quantities';
import { Field, Input } from '../ui/field.tsx';
import { Slider } from '../ui/slider.tsx';
import { epsilonAllowed } from './draft.ts';
import { epsilonAt, SCALE_STEPS, stepOf } from './epsilon-scale.ts';

type Props = { value: number; max: number; onChange: (value: number) => void };

/** Epsilon, to drag or to type. */
export function EpsilonControl({ value, max, onChange }: Props) {
  const t = useTranslations('ask');
  const locale = useLocale();
  const maxText = formatEpsilon(max, locale);
  const allowed = epsilonAllowed(value, max);
  return (
    <Field
      id="epsilon"
      label={t('epsilon')}
      hint={t('epsilonHint', { max: maxText })}
      error={allowed ? null : t('epsilonProblem', { max: maxText })}
    >
      <div className="flex items-center gap-4">
        <Input
          id="epsilon"
          type="number"
          inputMode="decimal"
          min={0}
          max={max}
          step="any"
          aria-describedby="epsilon-hint epsilon-error"
          aria-invalid={!allowed}
          className="figures w-28"
          value={Number.isNaN(value) ? '' : value}
          onChange={(event) => onChange(event.target.valueAsNumber)}
        />
        <div className="min-w-0 flex-1">
          <Slider
            label={t('epsilonSlider')}
            min={0}
            max={SCALE_STEPS}
            step={1}
            value={stepOf(value, max)}
            onChange={(step) => onChange(epsilonAt(step, max))}
            describe={(step) => `ε ${formatEpsilon(epsilonAt(step, max), locale)}`}
          />
        </div>
      </div>
    </Field>
  );
}
