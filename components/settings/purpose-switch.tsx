'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { MIN_REASON } from '#lib/identity/reason-length';
import type { HospitalSetting, PurposeSetting } from '#lib/settings/hospital-settings';
import { consoleApi } from '../console-api.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Notice } from '../ui/state.tsx';
import { useToast } from '../ui/toast.ts';

const reply = async () => (await import('#lib/console-api/settings')).CHANGE_PURPOSE.reply;

type Props = { hospital: HospitalSetting; purpose: PurposeSetting; minHospitals: number };

/** Begins or stops answering for a purpose: what the federation is left with, why, and the verb. */
export function PurposeSwitch({ hospital, purpose, minHospitals: min }: Props) {
  const t = useTranslations('settings.hospitals');
  const members = useTranslations('members');
  const router = useRouter();
  const say = useToast();
  const [open, setOpen] = useState(false);
  const { answers, display } = purpose;
  const after = purpose.answering + (answers ? -1 : 1);
  const isTooFew = after < min;
  async function decide(reason: string) {
    const path = `/api/console/settings/hospitals/${hospital.id}/purposes`;
    const body = { purpose: purpose.code, answers: !answers, reason };
    await consoleApi(path, reply, { body });
    const done = { hospital: hospital.name, purpose: display };
    say.ok({ text: t(answers ? 'dialog.doneNot' : 'dialog.done', done) });
    router.refresh();
  }
  return (
    <>
      <Button
        size="sm"
        aria-label={t(answers ? 'dialog.stopTitle' : 'dialog.beginTitle', { purpose: display })}
        onClick={() => setOpen(true)}
      >
        {t(answers ? 'stop' : 'begin')}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t(answers ? 'dialog.stopTitle' : 'dialog.beginTitle', { purpose: display })}
        description={t('dialog.description', { hospital: hospital.name })}
        action={t(answers ? 'dialog.stop' : 'dialog.begin')}
        tone={answers ? 'danger' : 'primary'}
        reason={{ minLength: MIN_REASON, hint: members('reasonHint') }}
        consequence={
          <Notice tone={isTooFew ? 'attention' : 'info'} title={t('dialog.consequence', { after })}>
            {t(isTooFew ? 'dialog.refused' : 'dialog.enough', { min })}
          </Notice>
        }
        onConfirm={decide}
      />
    </>
  );
}
