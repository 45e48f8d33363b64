'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react';
import { addLabels, type LabelProblem, MAX_LABELS } from '#lib/requests/labels';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';

type Props = { labels: string[]; onChange: (labels: string[]) => void };

/** The possible answers, as chips: typed and entered, or pasted one per line. */
export function LabelsEditor({ labels, onChange }: Props) {
  const t = useTranslations('ask');
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<LabelProblem | null>(null);

  function add(text: string) {
    const result = addLabels(labels, text);
    if (result.labels.length > labels.length) onChange(result.labels);
    setTyped(result.rest);
    setProblem(result.problem);
  }

  function remove(label: string) {
    onChange(labels.filter((other) => other !== label));
    setProblem(null);
    input.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      add(typed);
    } else if (event.key === 'Backspace' && typed === '' && labels.length > 0) {
      remove(labels.at(-1)!);
    }
  }

  function onPaste(event: ClipboardEvent) {
    const text = event.clipboardData.getData('text');
    if (!/[\n;]/.test(text)) return;
    event.preventDefault();
    add(`${typed}${text}`);
  }

  return (
    <Field
      id="labels"
      label={t('labels')}
      hint={t('labelsHint')}
      error={problem ? t(`labelProblems.${problem}`) : null}
    >
      {labels.length > 0 ? (
        <ul aria-label={t('labelsList')} className="flex flex-wrap gap-1.5 py-1">
          {labels.map((label) => (
            <li
              key={label}
              className="flex max-w-full items-center gap-0.5 rounded-md border bg-sunken pl-2 text-sm leading-7"
            >
              <span className="truncate">{label}</span>
              <Button
                variant="quiet"
                size="iconSm"
                aria-label={t('removeLabel', { label })}
                onClick={() => remove(label)}
              >
                <X aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="flex gap-2">
        <Input
          ref={input}
          id="labels"
          value={typed}
          placeholder={t('labelsPlaceholder')}
          aria-describedby="labels-hint labels-error labels-count"
          aria-invalid={problem !== null}
          onChange={(event) => {
            setTyped(event.target.value);
            setProblem(null);
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <Button onClick={() => add(typed)} disabled={typed.trim() === '' || labels.length >= MAX_LABELS}>
          <Plus aria-hidden />
          {t('addLabel')}
        </Button>
      </div>
      <p id="labels-count" aria-live="polite" className="text-muted text-sm">
        {t('labelsCount', { count: labels.length })}
      </p>
    </Field>
  );
}
