'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Openable } from '#lib/budgets/changes/openable-holders';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useToast } from '../ui/toast.ts';
import { FactorFirst } from './factor-first.tsx';

const OpenAccountForm = dynamic(
  () => import('./open-account-form.tsx').then((module) => module.OpenAccountForm),
  { ssr: false, loading: () => <Skeleton className="h-80 w-full" /> },
);

/** Proposes a budget for a holder and a period that has none: next year's, or a newcomer's. */
export function OpenAccountButton({ holders, twoFactors }: { holders: Openable[]; twoFactors: boolean }) {
  const t = useTranslations('decisions');
  const router = useRouter();
  const say = useToast();
  const [open, setOpen] = useState(false);
  function done(name: string) {
    setOpen(false);
    say.ok({ text: t('propose.done', { name }), detail: t('propose.doneText') });
    router.refresh();
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        {t('openAccount.open')}
      </Button>
      <Dialog
        keep
        open={open}
        onOpenChange={setOpen}
        title={t('openAccount.title')}
        description={t('propose.text')}
      >
        {twoFactors ? <OpenAccountForm holders={holders} onDone={done} /> : <FactorFirst />}
      </Dialog>
    </>
  );
}
