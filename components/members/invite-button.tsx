'use client';

import { UserPlus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Places } from '#lib/identity/members/list-places';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

const InviteForm = dynamic(() => import('./invite-form.tsx').then((module) => module.InviteForm), {
  ssr: false,
  loading: () => <Skeleton className="h-80 w-full" />,
});

/** Opens the form that invites somebody. */
export function InviteButton({ places }: { places: Places }) {
  const t = useTranslations('members.invite');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <UserPlus aria-hidden />
        {t('open')}
      </Button>
      <Dialog keep open={open} onOpenChange={setOpen} title={t('title')} description={t('description')}>
        <InviteForm places={places} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
