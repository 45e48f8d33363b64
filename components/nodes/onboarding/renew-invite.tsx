'use client';

import { MailOpen } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { type Made, MadeInvite } from './made-invite.tsx';

const RenewForm = dynamic(() => import('./renew-form.tsx').then((module) => module.RenewForm), {
  ssr: false,
  loading: () => <Skeleton className="h-60 w-full" />,
});

type Props = { nodeId: string; name: string; label?: string };

/** Gives the node a new code, which is shown this once; the former one ends. */
export function RenewInvite({ nodeId, name, label }: Props) {
  const t = useTranslations('onboarding.renew');
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  function close() {
    setOpen(false);
    setMade(null);
    router.refresh();
  }
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        <MailOpen aria-hidden />
        {label ?? t('open')}
      </Button>
      <Dialog
        keep
        open={open}
        onOpenChange={(next) => (next ? setOpen(true) : close())}
        title={made ? t('made') : t('title', { name })}
        description={made ? undefined : t('text')}
        footer={
          made ? (
            <Button variant="primary" onClick={close}>
              {t('kept')}
            </Button>
          ) : null
        }
      >
        {made ? <MadeInvite made={made} /> : <RenewForm nodeId={nodeId} onMade={setMade} />}
      </Dialog>
    </>
  );
}
