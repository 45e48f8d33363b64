'use client';

import { Scale } from 'lucide-react';
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
import { useToast } from '../../ui/toast.ts';
import { MeaningText } from './meaning-text.tsx';

const reply = async () => (await import('#lib/console-api/nodes')).PROPOSE_ADMISSION.reply;

type Props = { nodeId: string; name: string; twoFactors: boolean; meaning: AdmissionMeaning };

/** The first person's part of an admission; who has no second factor is led to one first. */
export function ProposeAdmission({ nodeId, name, twoFactors, meaning }: Props) {
  const t = useTranslations('onboarding.admission');
  const router = useRouter();
  const say = useToast();
  const proof = useProof();
  const [open, setOpen] = useState(false);
  async function propose(reason: string) {
    const path = `/api/console/nodes/${nodeId}/admission`;
    await proof.run(() => consoleApi(path, reply, { body: { reason } }));
    say.ok({ text: t('proposed'), detail: t('proposedText') });
    router.refresh();
  }
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Scale aria-hidden />
        {t('propose')}
      </Button>
      {twoFactors ? (
        <ConfirmDialog
          open={open}
          onOpenChange={setOpen}
          title={t('proposeTitle', { name })}
          description={t('proposeText')}
          action={t('proposeAction')}
          tone="primary"
          reason={{ minLength: MIN_REASON, hint: t('reasonHint') }}
          consequence={
            <>
              <MeaningText meaning={meaning} />
              {proof.dialog}
            </>
          }
          onConfirm={propose}
        />
      ) : (
        <Dialog open={open} onOpenChange={setOpen} title={t('proposeTitle', { name })}>
          <FactorFirst />
        </Dialog>
      )}
    </>
  );
}
