'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { InvitationRow } from '#lib/identity/invitations/list-invitations';
import { consoleApi, problemOf } from '../console-api.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { useToast } from '../ui/toast.ts';

const resent = async () => (await import('#lib/console-api/members')).RESEND_INVITATION.reply;
const withdrawn = async () => (await import('#lib/console-api/members')).WITHDRAW_INVITATION.reply;

/** Send an invitation again, or take it back. */
export function InvitationActions({ invitation: { id, name } }: { invitation: InvitationRow }) {
  const t = useTranslations('members.invitations');
  const router = useRouter();
  const say = useToast();
  const [withdrawing, setWithdrawing] = useState(false);
  const path = `/api/console/invitations/${id}`;
  const resend = useMutation({
    mutationFn: () => consoleApi(`${path}/resend`, resent, { body: {} }),
    onSuccess: () => {
      say.ok({ text: t('resent', { name }), detail: t('resentText') });
      router.refresh();
    },
    onError: (error) => say.danger({ text: t('failed'), detail: problemOf(error).detail }),
  });
  async function withdraw() {
    await consoleApi(`${path}/withdraw`, withdrawn, { body: {} });
    say.ok({ text: t('withdrawn') });
    router.refresh();
  }
  return (
    <span className="flex flex-wrap gap-2">
      <Button size="sm" disabled={resend.isPending} onClick={() => resend.mutate()}>
        {t('resend')}
      </Button>
      <Button size="sm" onClick={() => setWithdrawing(true)}>
        {t('withdraw')}
      </Button>
      <ConfirmDialog
        open={withdrawing}
        onOpenChange={setWithdrawing}
        title={t('withdrawTitle', { name })}
        description={t('withdrawText')}
        action={t('withdrawAction')}
        onConfirm={withdraw}
      />
    </span>
  );
}
