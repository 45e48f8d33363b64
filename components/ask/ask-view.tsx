'use client';

import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { DEFAULT_ANSWER_LENGTH } from '#lib/requests/answer-length';
import type { ShortAnswerQuestion } from '#lib/requests/question';
import type { QuoteReply } from '#lib/requests/router-replies';
import { Button } from '../ui/button.tsx';
import { Field, Textarea } from '../ui/field.tsx';
import { Panel } from '../ui/panel.tsx';
import { RadioCards } from '../ui/radio-cards.tsx';
import { Select } from '../ui/select.tsx';
import { Notice } from '../ui/state.tsx';
import { AnswerFields } from './answer-fields.tsx';
import { AnswerPanel } from './answer-panel.tsx';
import { AskProblem } from './ask-problem.tsx';
import { blockedBy, type Draft, toQuestion, toQuoteQuestion } from './draft.ts';
import { DrawingPanel, LostText } from './drawing-panel.tsx';
import { EpsilonControl } from './epsilon-control.tsx';
import { LocalAsk } from './local-ask.tsx';
import type { LocalNode } from './local-question.ts';
import { LookupProblem } from './lookup-problem.tsx';
import { QuotePanel } from './quote-panel.tsx';
import { useAsk } from './use-ask.ts';
import { useLiveUsefulness } from './use-live-usefulness.ts';
import { useModels } from './use-models.ts';
import { useQuote } from './use-quote.ts';

type Purpose = { code: string; display: string; description: string };
type Props = {
  purposes: Purpose[];
  epsilon: number;
  maxEpsilon: number;
  /** The organisation's own nodes that answer their clinicians directly. */
  localNodes: LocalNode[];
};

/** A question from its first word to its answer. The browser holds it; nothing is sent before Ask but its labels. */
export function AskView({ purposes, epsilon, maxEpsilon, localNodes }: Props) {
  const t = useTranslations('ask');
  const [local, setLocal] = useState(false);
  const [draft, setDraft] = useState<Draft>({
    prompt: '',
    route: 'federated',
    form: 'labels',
    labels: [],
    test: 'none',
    maxTokens: DEFAULT_ANSWER_LENGTH,
    purpose: purposes[0]?.code ?? '',
    epsilon,
    model: null,
  });
  const models = useModels();
  const model = draft.model ?? models.data?.[0] ?? null;
  const quote = useQuote({ ...draft, model }, maxEpsilon);
  const usefulness = useLiveUsefulness(toQuoteQuestion({ ...draft, model }), quote);
  const ask = useAsk();
  // What was asked last was priced so: what it gives back is told by that.
  const [price, setPrice] = useState<QuoteReply | null>(null);
  const prompt = useRef<HTMLTextAreaElement>(null);
  useFocusAfter(ask.data !== undefined, prompt);
  function change(part: Partial<Draft>) {
    setDraft((now) => ({ ...now, ...part }));
    ask.edited();
  }

  if (ask.data) {
    const { question, reply } = ask.data;
    return (
      <AnswerPanel question={question} reply={reply} quotedRho={price?.rho ?? null} onAnother={ask.reset} />
    );
  }
  if (ask.isPending && ask.drawn) {
    return <DrawingPanel drawn={ask.drawn} most={tokensOf(ask.drawn.question, price)} onStop={ask.stop} />;
  }

  const routes = (
    <RadioCards
      label={t('route')}
      value={local ? 'local' : draft.route}
      onChange={(route) => {
        setLocal(route === 'local');
        if (route !== 'local') change({ route });
      }}
      options={[
        { value: 'federated', label: t('federated'), hint: t('federatedHint') },
        { value: 'public', label: t('public'), hint: t('publicHint') },
        ...(localNodes.length > 0
          ? [{ value: 'local' as const, label: t('local'), hint: t('localHint') }]
          : []),
      ]}
    />
  );
  if (local) {
    return (
      <LocalAsk
        nodes={localNodes}
        purposes={purposes}
        models={models.data ?? []}
        draft={draft}
        onChange={change}
        routes={routes}
      />
    );
  }

  const federated = draft.route === 'federated';
  const question = toQuestion({ ...draft, model });
  // What may have been paid for already can be fetched at any price.
  const open = ask.open ?? null;
  const retry = open !== null && JSON.stringify(question) === JSON.stringify(open);
  const blocked = retry ? null : blockedBy({ ...draft, model }, quote.data ?? null, maxEpsilon);
  const sendable = blocked === null ? question : null;

  return (
    <form
      className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_300px] xl:grid-cols-[minmax(0,1fr)_360px]"
      onSubmit={(event) => {
        event.preventDefault();
        if (!sendable) return;
        if (quote.data) setPrice(quote.data);
        ask.send(sendable);
      }}
    >
      <div className="flex min-w-0 flex-col gap-6">
        <Panel>
          <div className="flex flex-col gap-5">
            <Field id="prompt" label={t('prompt')} hint={t('promptHint')}>
              <Textarea
                ref={prompt}
                id="prompt"
                rows={4}
                maxLength={20_000}
                aria-describedby="prompt-hint"
                placeholder={t('promptPlaceholder')}
                value={draft.prompt}
                onChange={(event) => change({ prompt: event.target.value })}
              />
            </Field>
            {routes}
            {federated ? <AnswerFields draft={draft} onChange={change} /> : null}
            <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-1 xl:grid-cols-2">
              <Field id="purpose" label={t('purpose')} error={purposes.length === 0 ? t('noPurposes') : null}>
                <Select
                  id="purpose"
                  value={draft.purpose}
                  disabled={purposes.length === 0}
                  onChange={(purpose) => change({ purpose })}
                  options={purposes.map(({ code, display, description }) => ({
                    value: code,
                    label: display,
                    hint: description,
                  }))}
                />
              </Field>
              {models.data && models.data.length > 1 && model ? (
                <Field id="model" label={t('model')}>
                  <Select
                    id="model"
                    value={model}
                    onChange={(id) => change({ model: id })}
                    options={models.data.map((id) => ({ value: id, label: id }))}
                  />
                </Field>
              ) : null}
            </div>
            {federated ? (
              <EpsilonControl
                value={draft.epsilon}
                max={maxEpsilon}
                onChange={(value) => change({ epsilon: value })}
              />
            ) : null}
          </div>
        </Panel>
        <Notice tone="neutral" title={t('boundary.title')}>
          <p>{t(federated ? 'boundary.prompt' : 'boundary.publicPrompt')}</p>
          {federated ? <p>{t(draft.form === 'text' ? 'boundary.records' : 'boundary.counts')}</p> : null}
          {federated && draft.form === 'labels' ? null : <p>{t('boundary.demo')}</p>}
        </Notice>
      </div>
      <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-16">
        {federated ? (
          <QuotePanel
            quote={quote}
            usefulness={usefulness}
            wantedTokens={draft.maxTokens}
            maxEpsilon={maxEpsilon}
            onEpsilon={(value) => change({ epsilon: value })}
          />
        ) : null}
        {models.error ? (
          <LookupProblem error={models.error} what="models" onRetry={() => void models.refetch()} />
        ) : null}
        {ask.error ? <AskProblem error={ask.error} onFetch={open ? () => ask.send(open) : null} /> : null}
        {ask.error && ask.drawn ? <LostText drawn={ask.drawn} /> : null}
        <div className="flex flex-col gap-2">
          {/* Never `disabled`: that would drop the focus, and hide the reason from whoever reads by ear. */}
          <Button
            type="submit"
            variant="primary"
            aria-disabled={!sendable || ask.isPending}
            aria-describedby="ask-blocked"
          >
            {ask.isPending ? t('busy') : t('submit')}
          </Button>
          <p id="ask-blocked" className="text-muted text-sm empty:hidden">
            {blocked ? t(`reasons.${blocked}`) : null}
          </p>
        </div>
      </div>
    </form>
  );
}

/** How many tokens were reserved for: what was wanted, or what its epsilon pays for. */
function tokensOf({ maxTokens }: ShortAnswerQuestion, price: QuoteReply | null): number {
  const worth = price?.usefulness;
  return worth?.mechanism === 'short-answer' ? Math.min(maxTokens, worth.tokens) : maxTokens;
}

/** Moves the focus to `target` when something that had taken its place goes away again. */
function useFocusAfter(isCovered: boolean, target: RefObject<HTMLElement | null>): void {
  const wasCovered = useRef(false);
  useEffect(() => {
    if (wasCovered.current && !isCovered) target.current?.focus();
    wasCovered.current = isCovered;
  }, [isCovered, target]);
}
