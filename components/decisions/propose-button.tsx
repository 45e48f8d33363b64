'use client';

import { Scale } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { HolderStanding } from '#lib/budgets/changes/consequence';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useToast } from '../ui/toast.ts';
import { FactorFirst } from './factor-first.tsx';

const ProposeForm = dynamic(() => import('./propose-form.tsx').then((module) => module.ProposeForm), {
  ssr: false,
  loading: () => <Skeleton className="h-80 w-full" />,
});

/** A budget as somebody may propose to change it. */
export type Proposable = {
  id: string;
  kind: 'dataset' | 'user' | 'department' | 'organisation';
  name: string;
  period: string;
  state: 'open' | 'frozen' | 'closed';
  capEpsilon: number;
  standing: HolderStanding;
  patients: number | null;
  /** The request for more that this would answer. */
  wanted?: { increaseId: string; epsilon: number; by: string | null; reason: string };
};

type Props = { account: Proposable; twoFactors: boolean; small?: boolean };

/** Opens the form in which a change is proposed; who has no second factor is led to one first. */
export function ProposeButton({ account, twoFactors, small = false }: Props) {
  const t = useTranslations('decisions.propose');
  const router = useRouter();
  const say = useToast();
  const [open, setOpen] = useState(false);
  const { name, period, wanted } = account;
  function done() {
    setOpen(false);
    say.ok({ text: t('done', { name }), detail: t('doneText') });
    router.refresh();
  }
  return (
    <>
      <Button {...(small ? { size: 'sm' } : {})} onClick={() => setOpen(true)}>
        <Scale aria-hidden />
        {t('open')}
      </Button>
      <Dialog
        keep
        open={open}
        onOpenChange={setOpen}
        title={t('title', { name, period })}
        description={
          wanted ? t('becauseOf', { by: wanted.by ?? t('somebody'), reason: wanted.reason }) : t('text')
        }
      >
        {twoFactors ? <ProposeForm account={account} onDone={done} /> : <FactorFirst />}
      </Dialog>
    </>
  );
}
