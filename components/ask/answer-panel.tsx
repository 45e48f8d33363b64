'use client';

import { CircleSlash, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { Question } from '#lib/requests/question';
import type { CompletionReply } from '#lib/requests/router-replies';
import { Button } from '../ui/button.tsx';
import { Panel } from '../ui/panel.tsx';
import { Notice } from '../ui/state.tsx';
import { type AnswerShape, answerText, isDemonstrationModel, shapeOf } from './answer-text.ts';
import { DemoLabel } from './demo-label.tsx';
import { Statement } from './statement.tsx';

type Props = {
  question: Question;
  reply: CompletionReply;
  quotedRho: string | null;
  onAnother: () => void;
};

/** The answer with the statement of what it can reveal and what it cost. */
export function AnswerPanel({ question, reply, quotedRho, onAnother }: Props) {
  const t = useTranslations('answer');
  const ask = useTranslations('ask');
  const heading = useRef<HTMLHeadingElement>(null);
  // The form is gone: whoever reads by ear must land on the answer.
  useEffect(() => heading.current?.focus(), []);
  const shape = shapeOf(reply);
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_300px] xl:grid-cols-[minmax(0,1fr)_360px]">
      <Panel>
        <div className="flex flex-col gap-4">
          <div className="flex flex-wrap items-center gap-2">
            <h2 ref={heading} tabIndex={-1} className="text-muted text-sm outline-none">
              {t('title')}
            </h2>
            {shape === 'public' || shape === 'text' ? <DemoLabel model={reply.model} /> : null}
          </div>
          <Answer shape={shape} reply={reply} />
          <Note shape={shape} model={reply.model} />
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
      <Statement privacy={reply.privacy} quotedRho={quotedRho} />
    </div>
  );
}

function Answer({ shape, reply }: { shape: AnswerShape; reply: CompletionReply }) {
  const t = useTranslations('answer');
  if (shape === 'none')
    return (
      <p data-testid="answer" className="flex items-center gap-2 font-semibold text-2xl text-attention">
        <CircleSlash aria-hidden className="size-6 shrink-0" />
        {t('noConsensus')}
      </p>
    );
  const text = answerText(reply);
  const { drawn } = reply.privacy;
  const isStopped = drawn != null && 'tokens' in drawn && drawn.tokens === 0;
  const isText = shape === 'public' || shape === 'text';
  return (
    <p
      data-testid="answer"
      className={isText ? 'whitespace-pre-wrap break-words text-lg' : 'break-words font-semibold text-2xl'}
    >
      {text === '' ? <span className="text-muted">{t(isStopped ? 'emptyStopped' : 'empty')}</span> : text}
    </p>
  );
}

/** What the answer is worth, whoever wrote it. */
function Note({ shape, model }: { shape: AnswerShape; model: string }) {
  const t = useTranslations('answer');
  if (shape === 'label') return <p className="text-muted text-sm">{t('voteNote')}</p>;
  if (shape === 'none') return <p>{t('noConsensusNote')}</p>;
  const origin = t(shape === 'public' ? 'publicNote' : 'textNote', { model });
  return isDemonstrationModel(model) ? (
    <Notice tone="attention" title={t('demoNote', { model })}>
      {origin}
    </Notice>
  ) : (
    <Notice tone="attention" title={origin} />
  );
}
