'use client';

import { KeyRound } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { type MadeKey, NewKey } from './new-key.tsx';

const CreateKeyForm = dynamic(() => import('./create-key-form.tsx').then((module) => module.CreateKeyForm), {
  ssr: false,
  loading: () => <Skeleton className="h-60 w-full" />,
});

/** Makes a key, then shows it this once. */
export function CreateKeyButton({ apiBaseUrl, model }: { apiBaseUrl: string; model: string | null }) {
  const t = useTranslations('keys');
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<MadeKey | null>(null);
  function close() {
    setOpen(false);
    setMade(null);
    router.refresh();
  }
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <KeyRound aria-hidden />
        {t('create.open')}
      </Button>
      <Dialog
        keep
        open={open}
        onOpenChange={(next) => (next ? setOpen(true) : close())}
        title={t(made ? 'made.title' : 'create.title')}
        description={t(made ? 'made.text' : 'create.description')}
        footer={
          made ? (
            <Button variant="primary" onClick={close}>
              {t('made.done')}
            </Button>
          ) : null
        }
      >
        {made ? (
          <NewKey made={made} apiBaseUrl={apiBaseUrl} model={model} />
        ) : (
          <CreateKeyForm onMade={setMade} />
        )}
      </Dialog>
    </>
  );
}
