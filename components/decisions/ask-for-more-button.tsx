'use client';

import { TrendingUp } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AskableAccount } from '#lib/budgets/increases/askable-account';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { StateWord } from '../ui/state.tsx';
import { useToast } from '../ui/toast.ts';

const AskForMoreForm = dynamic(
  () => import('./ask-for-more-form.tsx').then((module) => module.AskForMoreForm),
  { ssr: false, loading: () => <Skeleton className="h-60 w-full" /> },
);

/** Asks the data-protection officer for more; while that waits, it says so instead. */
export function AskForMoreButton({ account }: { account: NonNullable<AskableAccount> }) {
  const t = useTranslations('decisions.ask');
  const router = useRouter();
  const say = useToast();
  const [open, setOpen] = useState(false);
  if (account.waiting) return <StateWord tone="info">{t('waiting')}</StateWord>;
  function done() {
    setOpen(false);
    say.ok({ text: t('done'), detail: t('doneText') });
    router.refresh();
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <TrendingUp aria-hidden />
        {t('open')}
      </Button>
      <Dialog keep open={open} onOpenChange={setOpen} title={t('title')} description={t('text')}>
        <AskForMoreForm account={account} onDone={done} />
      </Dialog>
    </>
  );
}
