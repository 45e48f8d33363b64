'use client';

import { ArrowRight, RotateCcw } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { Question } from '#lib/requests/question';
import type { CompletionReply } from '#lib/requests/router-replies';
import { Button, buttonStyles } from '../ui/button.tsx';
import { Hash } from '../ui/hash.tsx';
import { Panel, Properties } from '../ui/panel.tsx';
import { Epsilon, Rho } from '../ui/quantity.tsx';
import { Notice } from '../ui/state.tsx';
import { Term } from '../ui/term.tsx';
import { useVocabulary } from '../use-vocabulary.ts';
import { answerText, isDemonstrationModel } from './answer-text.ts';

type Props = { question: Question; reply: CompletionReply; onAnother: () => void };

/** The answer with the statement of what it can reveal and what it cost. */
export function AnswerPanel({ question, reply, onAnother }: Props) {
  const t = useTranslations('answer');
  const ask = useTranslations('ask');
  const heading = useRef<HTMLHeadingElement>(null);
  // The form is gone: whoever reads by ear must land on the answer.
  useEffect(() => heading.current?.focus(), []);
  const isPublic = reply.privacy.route === 'public';
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_300px] xl:grid-cols-[minmax(0,1fr)_360px]">
      <Panel>
        <div className="flex flex-col gap-4">
          <h2 ref={heading} tabIndex={-1} className="text-muted text-sm outline-none">
            {t('title')}
          </h2>
          <p
            data-testid="answer"
            className={
              isPublic ? 'whitespace-pre-wrap break-words text-lg' : 'break-words font-semibold text-2xl'
            }
          >
            {answerText(reply)}
          </p>
          {isPublic ? (
            <Notice
              tone="attention"
              title={
                isDemonstrationModel(reply.model)
                  ? t('demoNote', { model: reply.model })
                  : t('publicNote', { model: reply.model })
              }
            >
              {isDemonstrationModel(reply.model) ? t('publicNote', { model: reply.model }) : null}
            </Notice>
          ) : (
            <p className="text-muted text-sm">{t('voteNote')}</p>
          )}
          <div className="flex flex-col gap-1 border-t pt-4 text-sm">
            <h3 className="text-muted text-sm">{t('asked')}</h3>
            <p className="whitespace-pre-wrap break-words">{question.prompt}</p>
          </div>
          <div>
            <Button onClick={onAnother}>
              <RotateCcw aria-hidden />
              {ask('another')}
            </Button>
          </div>
        </div>
      </Panel>
      <Statement privacy={reply.privacy} />
    </div>
  );
}

function Statement({ privacy }: { privacy: CompletionReply['privacy'] }) {
  const t = useTranslations('answer');
  const quote = useTranslations('quote');
  const words = useVocabulary();
  const { epsilon, delta, nodes, shards, receipt, requestId } = privacy;
  const charged = Number(privacy.rho) > 0;
  return (
    <Panel title={t('statement')}>
      <div data-testid="statement" className="flex flex-col gap-4">
        {charged && epsilon != null && delta != null ? (
          <p>{t.rich('statementSentence', { epsilon: () => <Epsilon epsilon={epsilon} delta={delta} /> })}</p>
        ) : (
          <p>{t('publicStatement')}</p>
        )}
        <Properties
          items={[
            { name: <Term name="rho">{t('charged')}</Term>, value: <Rho rho={privacy.rho} /> },
            ...(charged
              ? [
                  {
                    name: <Term name="vote">{t('mechanism')}</Term>,
                    value: words.mechanism(privacy.mechanism),
                  },
                  { name: <Term name="exact">{t('mode')}</Term>, value: words.mode(privacy.mode) },
                  {
                    name: <Term name="shard">{t('cohort')}</Term>,
                    value: quote('cohort', { nodes: nodes ?? 0, shards: shards ?? 0 }),
                  },
                ]
              : []),
            ...(receipt
              ? [
                  {
                    name: <Term name="leafHash">{t('receipt')}</Term>,
                    value: <Hash value={receipt.leafHash} what={t('leafHash')} />,
                  },
                ]
              : []),
          ]}
        />
        {requestId ? (
          <Link href={`/requests/${requestId}`} className={buttonStyles()}>
            {t('open')}
            <ArrowRight aria-hidden />
          </Link>
        ) : null}
      </div>
    </Panel>
  );
}
