'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ChangeDetail } from '#lib/budgets/changes/get-change';
import { MIN_REASON } from '#lib/identity/reason-length';
import { consoleApi } from '../console-api.ts';
import { useProof } from '../proof/use-proof.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/state.tsx';
import { useToast } from '../ui/toast.ts';
import { ConsequenceText } from './consequence-text.tsx';
import { FactorFirst } from './factor-first.tsx';
import { useChangeWords } from './use-change-words.ts';

const definitions = () => import('#lib/console-api/budgets');

/** The second person's yes and no. Yes shows the numbers once more and may ask who they are. */
export function DecideButtons({ change, twoFactors }: { change: ChangeDetail; twoFactors: boolean }) {
  const t = useTranslations('decisions.decide');
  const words = useChangeWords();
  const router = useRouter();
  const say = useToast();
  const proof = useProof();
  const [open, setOpen] = useState<'approve' | 'reject' | null>(null);
  const close = () => setOpen(null);
  const path = `/api/console/changes/${change.id}`;
  async function approve(reason: string) {
    const reply = async () => (await definitions()).APPROVE_CHANGE.reply;
    await proof.run(() => consoleApi(`${path}/approve`, reply, { body: { reason } }));
    say.ok({ text: t('approved') });
    router.refresh();
  }
  async function reject(reason: string) {
    const reply = async () => (await definitions()).REJECT_CHANGE.reply;
    await consoleApi(`${path}/reject`, reply, { body: { reason } });
    say.ok({ text: t('rejected') });
    router.refresh();
  }
  const reason = { minLength: MIN_REASON, label: t('reason'), hint: t('reasonHint') };
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="primary" onClick={() => setOpen('approve')}>
        {t('approve')}
      </Button>
      <Button onClick={() => setOpen('reject')}>{t('reject')}</Button>
      {twoFactors ? (
        <ConfirmDialog
          open={open === 'approve'}
          onOpenChange={close}
          title={t('approveTitle')}
          description={words.title(change)}
          action={t('approve')}
          tone="primary"
          reason={reason}
          consequence={
            <>
              {change.consequence ? (
                <ConsequenceText
                  consequence={change.consequence}
                  holder={{ ...change, kind: change.holderKind }}
                  patients={change.patients}
                />
              ) : (
                <Notice tone="attention" title={t('atOnce')} />
              )}
              {proof.dialog}
            </>
          }
          onConfirm={approve}
        />
      ) : (
        <Dialog open={open === 'approve'} onOpenChange={close} title={t('approveTitle')}>
          <FactorFirst />
        </Dialog>
      )}
      <ConfirmDialog
        open={open === 'reject'}
        onOpenChange={close}
        title={t('rejectTitle')}
        description={words.title(change)}
        action={t('reject')}
        reason={reason}
        consequence={<Notice tone="info" title={t('rejectConsequence')} />}
        onConfirm={reject}
      />
    </div>
  );
}
