'use client';

import { Square } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button } from '../ui/button.tsx';
import { Panel } from '../ui/panel.tsx';
import { Progress } from '../ui/progress.tsx';
import { DemoLabel } from './demo-label.tsx';
import type { Drawn } from './use-ask.ts';

type Props = {
  drawn: Drawn;
  /** The most tokens that were reserved for. */
  most: number;
  onStop: () => void;
};

/** A short answer while it is drawn, what it has cost so far in tokens, and the way to have no more of it. */
export function DrawingPanel({ drawn, most, onStop }: Props) {
  const t = useTranslations('drawing');
  const heading = useRef<HTMLHeadingElement>(null);
  // The form is gone: whoever reads by ear must land on what has taken its place.
  useEffect(() => heading.current?.focus(), []);
  const { question, text, tokens, stopping } = drawn;
  return (
    <Panel>
      <div className="flex max-w-3xl flex-col gap-4">
        <div className="flex flex-wrap items-center gap-2">
          <h2 ref={heading} tabIndex={-1} className="text-muted text-sm outline-none">
            {t('title')}
          </h2>
          <DemoLabel model={question.model} />
        </div>
        {/* Not announced word by word: it is read whole once it has ended. */}
        <p
          data-testid="drawing"
          aria-busy
          aria-live="off"
          className="min-h-20 whitespace-pre-wrap break-words text-lg"
        >
          {text.trimStart()}
          <span aria-hidden className="ml-0.5 inline-block h-[1em] w-0.5 translate-y-0.5 bg-accent" />
        </p>
        <Progress
          label={t(stopping ? 'stopping' : 'progress')}
          share={Math.min(1, tokens / most)}
          text={t('tokens', { tokens, most })}
        />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          {/* Never `disabled`: that would drop the focus. */}
          <Button aria-disabled={stopping} aria-describedby="stop-note" onClick={onStop}>
            <Square aria-hidden />
            {t('stop')}
          </Button>
          <p id="stop-note" className="min-w-0 flex-1 basis-64 text-muted text-sm">
            {t(stopping ? 'stoppingNote' : 'stopNote')}
          </p>
        </div>
        <div className="flex flex-col gap-1 border-t pt-4 text-sm">
          <h3 className="text-muted text-sm">{t('asked')}</h3>
          <p className="whitespace-pre-wrap break-words">{question.prompt}</p>
        </div>
      </div>
    </Panel>
  );
}

/** What was shown of an answer before its stream broke: it was let go and charged, so it is not taken away again. */
export function LostText({ drawn }: { drawn: Drawn }) {
  const t = useTranslations('drawing');
  return (
    <Panel title={t('lost')} actions={<DemoLabel model={drawn.question.model} />}>
      <p className="whitespace-pre-wrap break-words">{drawn.text.trimStart()}</p>
    </Panel>
  );
}
