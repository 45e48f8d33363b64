'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useDeferredValue, useId, useState } from 'react';
import { type WhatIfInput, whatIf } from '#lib/budgets/what-if';
import { formatEpsilon } from '#lib/i18n/quantities';
import { Field, Input } from '../ui/field.tsx';
import { Panel } from '../ui/panel.tsx';
import { Slider } from '../ui/slider.tsx';
import { WhatIfResult } from './what-if-result.tsx';

type Props = {
  input: WhatIfInput;
  kind: 'dataset' | 'user' | 'department' | 'organisation';
  capEpsilon: number;
  /** What a default question asks for. */
  questionEpsilon: number;
  now: string;
};

const MAX_EPSILON = 1_000;

/** A calculator for another cap: what it would promise, allow and cost. It saves nothing. */
export function WhatIfPanel({ input, kind, capEpsilon, questionEpsilon, now }: Props) {
  const t = useTranslations('whatIf');
  const locale = useLocale();
  const id = useId();
  const present = Number(capEpsilon.toPrecision(3));
  const [epsilon, setEpsilon] = useState(present);
  const valid = epsilon > 0 && epsilon <= MAX_EPSILON;
  const shown = useDeferredValue(valid ? epsilon : present);
  return (
    <Panel title={t('title')}>
      <div className="flex flex-col gap-4">
        <Field
          id={id}
          label={t('cap')}
          hint={t('hint')}
          error={valid ? null : t('problem', { max: MAX_EPSILON })}
        >
          <div className="flex items-center gap-4">
            <Input
              id={id}
              type="number"
              inputMode="decimal"
              min={0}
              max={MAX_EPSILON}
              step="any"
              aria-describedby={`${id}-hint ${id}-error`}
              aria-invalid={!valid}
              className="figures w-28"
              value={Number.isNaN(epsilon) ? '' : epsilon}
              onChange={(event) => setEpsilon(event.target.valueAsNumber)}
            />
            <div className="min-w-0 flex-1">
              <Slider
                label={t('slider')}
                min={0}
                max={200}
                step={1}
                value={Math.round(100 * Math.min(2, (valid ? epsilon : present) / present))}
                onChange={(percent) =>
                  setEpsilon(Number(((present * Math.max(1, percent)) / 100).toPrecision(3)))
                }
                describe={(percent) => `ε ${formatEpsilon((present * Math.max(1, percent)) / 100, locale)}`}
              />
            </div>
          </div>
        </Field>
        <WhatIfResult
          // Shown to three digits, the present cap may be a little less than what stands there: untouched it is itself.
          result={whatIf(input, shown === present ? capEpsilon : shown, new Date(now))}
          present={whatIf(input, capEpsilon, new Date(now))}
          kind={kind}
          delta={input.delta}
          period={input.period}
          questionEpsilon={questionEpsilon}
        />
        <p className="border-t pt-3 text-muted text-sm">{t('nothingSaved')}</p>
      </div>
    </Panel>
  );
}
