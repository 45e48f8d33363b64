'use client';

import { useMutation } from '@tanstack/react-query';
import { BadgeCheck } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { consoleApi } from '../../console-api.ts';
import { Button } from '../../ui/button.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { useToast } from '../../ui/toast.ts';
import { WordTick } from './word-tick.tsx';

const reply = async () => (await import('#lib/console-api/nodes')).CONFIRM_WORDS.reply;

/** Each word is ticked as the hospital reads it. What is sent is what was on this screen, not what is so by then. */
export function ConfirmWords({ nodeId, words }: { nodeId: string; words: string[] }) {
  const t = useTranslations('onboarding.compare');
  const router = useRouter();
  const say = useToast();
  const [heard, setHeard] = useState<ReadonlySet<number>>(new Set());
  const send = useMutation({
    mutationFn: () =>
      consoleApi(`/api/console/nodes/${nodeId}/words`, reply, { body: { words: words.join(' ') } }),
    onSuccess: () => {
      say.ok({ text: t('done'), detail: t('doneText') });
      router.refresh();
    },
  });
  function toggle(index: number) {
    const next = new Set(heard);
    if (!next.delete(index)) next.add(index);
    setHeard(next);
  }
  const left = words.length - heard.size;
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 font-medium text-sm">{t('legend')}</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-3" data-testid="six-words">
        {words.map((word, index) => (
          <WordTick
            key={`${index} ${word}`}
            place={index + 1}
            word={word}
            heard={heard.has(index)}
            onToggle={() => toggle(index)}
          />
        ))}
      </div>
      <FormProblem problem={send.error} />
      <div className="flex flex-wrap items-center gap-3">
        <Button
          variant="primary"
          disabled={left > 0 || send.isPending}
          aria-busy={send.isPending}
          onClick={() => send.mutate()}
        >
          <BadgeCheck aria-hidden />
          {t('certify')}
        </Button>
        <span role="status" className="text-muted text-sm">
          {left > 0 ? t('left', { count: left }) : t('allHeard')}
        </span>
      </div>
    </fieldset>
  );
}
