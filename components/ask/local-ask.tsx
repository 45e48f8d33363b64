'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { MIN_LABELS } from '#lib/requests/labels';
import { Button } from '../ui/button.tsx';
import { Field, Input, Textarea } from '../ui/field.tsx';
import { Panel } from '../ui/panel.tsx';
import { RadioCards } from '../ui/radio-cards.tsx';
import { Select } from '../ui/select.tsx';
import { Notice } from '../ui/state.tsx';
import type { Draft } from './draft.ts';
import { LabelsEditor } from './labels-editor.tsx';
import { LocalAnswer } from './local-answer.tsx';
import { keepLocalKey, keptLocalKey } from './local-key.ts';
import {
  askLocally,
  type LocalNode,
  LocalProblem,
  type LocalQuestion,
  type LocalReply,
} from './local-question.ts';

type Props = {
  nodes: LocalNode[];
  purposes: { code: string; display: string }[];
  models: string[];
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
  routes: ReactNode;
};

/** A question to the hospital's own node: this browser sends it there and nowhere else. */
export function LocalAsk({ nodes, purposes, models, draft, onChange: onDraft, routes }: Props) {
  const t = useTranslations('localAsk');
  const ask = useTranslations('ask');
  const [url, setUrl] = useState(nodes[0]?.url ?? '');
  const [key, setKey] = useState('');
  useEffect(() => setKey(keptLocalKey(url)), [url]);
  const node = nodes.find((one) => one.url === url);
  const asking = useMutation<LocalReply, Error, LocalQuestion>({
    mutationFn: (question) => askLocally(node!, key, question),
    // A prompt is about a patient: nothing of it outlives the page.
    gcTime: 0,
  });
  // An answer stands beside its own question and no other.
  function onChange(part: Partial<Draft>) {
    onDraft(part);
    asking.reset();
  }
  const question = questionOf(draft, models[0] ?? null);
  const sendable = node && key !== '' ? question : null;
  return (
    <form
      className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_300px] xl:grid-cols-[minmax(0,1fr)_360px]"
      onSubmit={(event) => {
        event.preventDefault();
        if (!sendable || asking.isPending) return;
        keepLocalKey(url, key);
        asking.mutate(sendable);
      }}
    >
      <Panel>
        <div className="flex flex-col gap-5">
          <Field id="prompt" label={ask('prompt')} hint={t('promptHint')}>
            <Textarea
              id="prompt"
              rows={4}
              maxLength={20_000}
              aria-describedby="prompt-hint"
              placeholder={ask('promptPlaceholder')}
              value={draft.prompt}
              onChange={(event) => onChange({ prompt: event.target.value })}
            />
          </Field>
          {routes}
          <RadioCards
            label={ask('form')}
            value={draft.form}
            onChange={(form) => onChange({ form })}
            options={[
              { value: 'labels', label: ask('labelForm'), hint: t('labelFormHint') },
              { value: 'text', label: ask('textForm'), hint: t('textFormHint') },
            ]}
          />
          {draft.form === 'labels' ? (
            <LabelsEditor labels={draft.labels} onChange={(labels) => onChange({ labels })} />
          ) : null}
          <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-1 xl:grid-cols-2">
            <Field id="purpose" label={ask('purpose')}>
              <Select
                id="purpose"
                value={draft.purpose}
                onChange={(purpose) => onChange({ purpose })}
                options={purposes.map(({ code, display }) => ({ value: code, label: display }))}
              />
            </Field>
            <Field id="local-node" label={t('node')}>
              <Select
                id="local-node"
                value={url}
                onChange={setUrl}
                options={nodes.map((one) => ({ value: one.url, label: one.hospital, hint: one.url }))}
              />
            </Field>
          </div>
          <Field id="local-key" label={t('key')} hint={t('keyHint')}>
            <Input
              id="local-key"
              type="password"
              autoComplete="off"
              spellCheck={false}
              aria-describedby="local-key-hint"
              value={key}
              onChange={(event) => setKey(event.target.value.trim())}
            />
          </Field>
        </div>
      </Panel>
      <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-16">
        <Notice tone="attention" title={t('boundary.title')}>
          <p>{t('boundary.text')}</p>
          <p>{t('boundary.sent', { url })}</p>
        </Notice>
        {asking.data ? <LocalAnswer reply={asking.data} /> : null}
        {asking.error ? <LocalFailure error={asking.error} url={url} /> : null}
        <Button type="submit" variant="primary" aria-disabled={!sendable || asking.isPending}>
          {asking.isPending ? ask('busy') : t('submit')}
        </Button>
      </div>
    </form>
  );
}

function LocalFailure({ error, url }: { error: Error; url: string }) {
  const t = useTranslations('localAsk.problems');
  const kind = error instanceof LocalProblem ? error.kind : 'unreachable';
  return (
    <Notice live tone="danger" title={t(`${kind}.title`)}>
      <p>{kind === 'refused' ? error.message : t(`${kind}.text`, { url })}</p>
    </Notice>
  );
}

function questionOf(draft: Draft, model: string | null): LocalQuestion | null {
  const { prompt, purpose, form, labels, maxTokens } = draft;
  if (prompt.trim() === '' || purpose === '' || model === null) return null;
  if (form === 'labels' && labels.length < MIN_LABELS) return null;
  return { model, prompt: prompt.trim(), purpose, labels: form === 'labels' ? labels : [], maxTokens };
}
