'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { MIN_REASON } from '#lib/identity/reason-length';
import { consoleApi } from '../console-api.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { useToast } from '../ui/toast.ts';

const reply = async () => (await import('#lib/console-api/budgets')).DECLINE_INCREASE.reply;

/** A no to a request for more, with the answer that its asker reads. */
export function DeclineIncrease({ id, by }: { id: string; by: string }) {
  const t = useTranslations('decisions.decline');
  const router = useRouter();
  const say = useToast();
  const [open, setOpen] = useState(false);
  async function decline(answer: string) {
    await consoleApi(`/api/console/increases/${id}/decline`, reply, { body: { answer } });
    say.ok({ text: t('done') });
    router.refresh();
  }
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t('open')}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t('title', { by })}
        action={t('open')}
        reason={{ minLength: MIN_REASON, label: t('answer'), hint: t('answerHint') }}
        onConfirm={decline}
      />
    </>
  );
}
