'use client';

import { useTranslations } from 'next-intl';
import { ANSWER_LENGTHS } from '#lib/requests/answer-length';
import { Field } from '../ui/field.tsx';
import { RadioCards } from '../ui/radio-cards.tsx';
import { Select } from '../ui/select.tsx';
import type { Draft } from './draft.ts';
import { LabelsEditor } from './labels-editor.tsx';

type Props = { draft: Draft; onChange: (part: Partial<Draft>) => void };

const TESTS = ['none', 'threshold', 'margin'] as const;

/** What kind of answer the hospitals are to give, and what that kind needs. */
export function AnswerFields({ draft, onChange }: Props) {
  const t = useTranslations('ask');
  const { form, labels, test, maxTokens } = draft;
  return (
    <>
      <RadioCards
        label={t('form')}
        value={form}
        onChange={(value) => onChange({ form: value })}
        options={[
          { value: 'labels', label: t('labelForm'), hint: t('labelFormHint') },
          { value: 'text', label: t('textForm'), hint: t('textFormHint') },
        ]}
      />
      {form === 'labels' ? (
        <>
          <LabelsEditor labels={labels} onChange={(value) => onChange({ labels: value })} />
          <Field id="test" label={t('test')}>
            <Select
              id="test"
              value={test}
              onChange={(value) => onChange({ test: TESTS.find((known) => known === value) ?? 'none' })}
              options={TESTS.map((value) => ({
                value,
                label: t(`tests.${value}.label`),
                hint: t(`tests.${value}.hint`),
              }))}
            />
          </Field>
        </>
      ) : (
        <Field id="length" label={t('length')} hint={t('lengthHint')}>
          <Select
            id="length"
            value={String(maxTokens)}
            onChange={(value) => onChange({ maxTokens: Number(value) })}
            options={ANSWER_LENGTHS.map((tokens) => ({
              value: String(tokens),
              label: t('lengthOption', { tokens }),
            }))}
          />
        </Field>
      )}
    </>
  );
}
