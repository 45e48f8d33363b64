'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { MIN_REASON } from '#lib/identity/reason-length';
import type { AdmissionMeaning } from '#lib/nodes/onboarding/admission-meaning';
import { consoleApi } from '../../console-api.ts';
import { FactorFirst } from '../../decisions/factor-first.tsx';
import { useProof } from '../../proof/use-proof.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/state.tsx';
import { useToast } from '../../ui/toast.ts';
import { MeaningText } from './meaning-text.tsx';

const definitions = () => import('#lib/console-api/nodes');

type Props = { id: string; name: string; twoFactors: boolean; meaning: AdmissionMeaning };

/** The second person's yes and no. Yes shows the numbers once more and may ask who they are. */
export function DecideAdmission({ id, name, twoFactors, meaning }: Props) {
  const t = useTranslations('onboarding.admission');
  const decide = useTranslations('decisions.decide');
  const router = useRouter();
  const say = useToast();
  const proof = useProof();
  const [open, setOpen] = useState<'approve' | 'reject' | null>(null);
  const close = () => setOpen(null);
  const path = `/api/console/admissions/${id}`;
  async function approve(reason: string) {
    const reply = async () => (await definitions()).APPROVE_ADMISSION.reply;
    await proof.run(() => consoleApi(`${path}/approve`, reply, { body: { reason } }));
    say.ok({ text: t('approved', { name }), detail: t('approvedText') });
    router.refresh();
  }
  async function reject(reason: string) {
    const reply = async () => (await definitions()).REJECT_ADMISSION.reply;
    await consoleApi(`${path}/reject`, reply, { body: { reason } });
    say.ok({ text: decide('rejected') });
    router.refresh();
  }
  const reason = { minLength: MIN_REASON, label: decide('reason'), hint: decide('reasonHint') };
  return (
    <>
      <Button variant="primary" onClick={() => setOpen('approve')}>
        {decide('approve')}
      </Button>
      <Button onClick={() => setOpen('reject')}>{decide('reject')}</Button>
      {twoFactors ? (
        <ConfirmDialog
          open={open === 'approve'}
          onOpenChange={close}
          title={t('approveTitle', { name })}
          description={t('approveText')}
          action={decide('approve')}
          tone="primary"
          reason={reason}
          consequence={
            <>
              <MeaningText meaning={meaning} />
              {proof.dialog}
            </>
          }
          onConfirm={approve}
        />
      ) : (
        <Dialog open={open === 'approve'} onOpenChange={close} title={t('approveTitle', { name })}>
          <FactorFirst />
        </Dialog>
      )}
      <ConfirmDialog
        open={open === 'reject'}
        onOpenChange={close}
        title={t('rejectTitle', { name })}
        action={decide('reject')}
        reason={reason}
        consequence={<Notice tone="info" title={t('rejectConsequence')} />}
        onConfirm={reject}
      />
    </>
  );
}
