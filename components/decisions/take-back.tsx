'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { consoleApi } from '../console-api.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Notice } from '../ui/state.tsx';
import { useToast } from '../ui/toast.ts';

const reply = async () => (await import('#lib/console-api/budgets')).WITHDRAW_CHANGE.reply;

/** Withdraws a proposal, of a change or an admission, or a request for more, before anybody decided it. */
export function TakeBack({ what, id }: { what: 'changes' | 'increases' | 'admissions'; id: string }) {
  const t = useTranslations('decisions.takeBack');
  const router = useRouter();
  const say = useToast();
  const [open, setOpen] = useState(false);
  async function withdraw() {
    await consoleApi(`/api/console/${what}/${id}/withdraw`, reply, { body: {} });
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
        title={t(`${what}.title`)}
        action={t('open')}
        consequence={<Notice tone="info" title={t(`${what}.consequence`)} />}
        onConfirm={withdraw}
      />
    </>
  );
}
