'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { consoleApi } from '../console-api.ts';
import type { ProofValues } from '../proof/proof-form.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Notice } from '../ui/state.tsx';
import { useToast } from '../ui/toast.ts';

const ProofForm = dynamic(() => import('../proof/proof-form.tsx').then((module) => module.ProofForm), {
  ssr: false,
  loading: () => <Skeleton className="h-60 w-full" />,
});
const RecoveryCodes = dynamic(() => import('./recovery-codes.tsx').then((module) => module.RecoveryCodes), {
  ssr: false,
});

const definitions = () => import('#lib/console-api/second-factor');

/** What one can do with the authenticator app one has: new recovery codes, or give it up. Either takes both factors. */
export function FactorActions() {
  const t = useTranslations('settings.security');
  const router = useRouter();
  const say = useToast();
  const [open, setOpen] = useState<'renew' | 'remove' | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const close = () => setOpen(null);
  async function renew(body: ProofValues) {
    const path = '/api/console/second-factor/recovery-codes';
    const reply = async () => (await definitions()).RENEW_RECOVERY_CODES.reply;
    setCodes((await consoleApi(path, reply, { body })).recoveryCodes);
    close();
  }
  async function remove(body: ProofValues) {
    const path = '/api/console/second-factor/remove';
    const reply = async () => (await definitions()).REMOVE_SECOND_FACTOR.reply;
    await consoleApi(path, reply, { body });
    close();
    say.ok({ text: t('remove.done') });
    router.refresh();
  }
  function closeCodes() {
    setCodes(null);
    router.refresh();
  }
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" onClick={() => setOpen('renew')}>
        {t('renew.open')}
      </Button>
      <Button size="sm" onClick={() => setOpen('remove')}>
        {t('remove.open')}
      </Button>
      <Dialog
        keep
        open={open === 'renew'}
        onOpenChange={close}
        title={t('renew.title')}
        description={t('both')}
      >
        <Notice tone="attention" title={t('renew.consequence')} />
        <ProofForm withCode submit={t('renew.action')} onProof={renew} />
      </Dialog>
      <Dialog
        keep
        open={open === 'remove'}
        onOpenChange={close}
        title={t('remove.title')}
        description={t('both')}
      >
        <Notice tone="attention" title={t('remove.consequence')} />
        <ProofForm withCode tone="danger" submit={t('remove.action')} onProof={remove} />
      </Dialog>
      <Dialog
        keep
        open={codes !== null}
        onOpenChange={(next) => (next ? null : closeCodes())}
        title={t('codes.title')}
        description={t('codes.text')}
        footer={
          <Button variant="primary" onClick={closeCodes}>
            {t('codes.done')}
          </Button>
        }
      >
        {codes ? <RecoveryCodes codes={codes} /> : null}
      </Dialog>
    </div>
  );
}
