'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { MemberDetail } from '#lib/identity/members/get-member';
import type { Places } from '#lib/identity/members/list-places';
import { MIN_REASON } from '#lib/identity/reason-length';
import { consoleApi } from '../console-api.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Notice } from '../ui/state.tsx';
import { useToast } from '../ui/toast.ts';
import { ResetFactor } from './reset-factor.tsx';

const PlaceForm = dynamic(() => import('./place-form.tsx').then((module) => module.PlaceForm), {
  ssr: false,
  loading: () => <Skeleton className="h-80 w-full" />,
});

const reply = async () => (await import('#lib/console-api/members')).SET_ACTIVE.reply;

/** What an administrator can decide about a member. */
export function MemberActions({ member, places }: { member: MemberDetail; places: Places }) {
  const t = useTranslations('members');
  const router = useRouter();
  const say = useToast();
  const [open, setOpen] = useState<'place' | 'active' | null>(null);
  const close = () => setOpen(null);
  const { name, isActive, consequence } = member;
  async function setActive(reason: string) {
    const path = `/api/console/members/${member.id}/active`;
    const done = await consoleApi(path, reply, { body: { active: !isActive, reason } });
    const { sessionsEnded: sessions, keysRevoked: keys } = done;
    if (isActive) {
      const detail = t('disableDialog.doneText', { sessions, keys });
      say.ok({ text: t('disableDialog.done', { name }), detail });
    } else say.ok({ text: t('enableDialog.done', { name }) });
    router.refresh();
  }
  const words = isActive ? 'disableDialog' : 'enableDialog';
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" onClick={() => setOpen('place')}>
        {t('change')}
      </Button>
      <Button size="sm" onClick={() => setOpen('active')}>
        {t(isActive ? 'disable' : 'enable')}
      </Button>
      {member.hasSecondFactor ? <ResetFactor member={member} /> : null}
      <Dialog keep open={open === 'place'} onOpenChange={close} title={t('changeDialog.title', { name })}>
        <PlaceForm member={member} places={places} onDone={close} />
      </Dialog>
      <ConfirmDialog
        open={open === 'active'}
        onOpenChange={close}
        title={t(`${words}.title`, { name })}
        description={t(`${words}.description`)}
        action={t(`${words}.action`)}
        tone={isActive ? 'danger' : 'primary'}
        reason={{ minLength: MIN_REASON, hint: t('reasonHint') }}
        consequence={
          <Notice
            tone={isActive ? 'attention' : 'info'}
            title={isActive ? t('disableDialog.consequence', consequence) : t('enableDialog.consequence')}
          >
            {t(`${words}.consequenceText`)}
          </Notice>
        }
        onConfirm={setActive}
      />
    </div>
  );
}
