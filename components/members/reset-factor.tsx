'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { MemberDetail } from '#lib/identity/members/get-member';
import { MIN_REASON } from '#lib/identity/reason-length';
import { consoleApi } from '../console-api.ts';
import { useProof } from '../proof/use-proof.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Notice } from '../ui/state.tsx';
import { useToast } from '../ui/toast.ts';

const reply = async () => (await import('#lib/console-api/second-factor')).RESET_SECOND_FACTOR.reply;

/** Takes a lost authenticator app off a member, with the reason. */
export function ResetFactor({ member }: { member: MemberDetail }) {
  const t = useTranslations('members');
  const router = useRouter();
  const say = useToast();
  const proof = useProof();
  const [open, setOpen] = useState(false);
  const { name, consequence } = member;
  async function reset(reason: string) {
    const path = `/api/console/members/${member.id}/second-factor`;
    await proof.run(() => consoleApi(path, reply, { body: { reason } }));
    say.ok({ text: t('resetFactor.done', { name }) });
    router.refresh();
  }
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t('resetFactor.open')}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t('resetFactor.title', { name })}
        description={t('resetFactor.description')}
        action={t('resetFactor.action')}
        reason={{ minLength: MIN_REASON, hint: t('reasonHint') }}
        consequence={
          <>
            <Notice tone="attention" title={t('resetFactor.consequence', { count: consequence.sessions })}>
              {t('resetFactor.consequenceText')}
            </Notice>
            {proof.dialog}
          </>
        }
        onConfirm={reset}
      />
    </>
  );
}
