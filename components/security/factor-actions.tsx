'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { consoleApi } from '../console-api.ts';
import { useProof } from '../proof/use-proof.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/state.tsx';
import { useToast } from '../ui/toast.ts';

const RecoveryCodes = dynamic(() => import('./recovery-codes.tsx').then((module) => module.RecoveryCodes), {
  ssr: false,
});

const definitions = () => import('#lib/console-api/second-factor');

/** What one can do with the authenticator app one has: new recovery codes, or give it up. */
export function FactorActions() {
  const t = useTranslations('settings.security');
  const router = useRouter();
  const say = useToast();
  const proof = useProof();
  const [open, setOpen] = useState<'renew' | 'remove' | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const close = () => setOpen(null);
  async function renew() {
    const path = '/api/console/second-factor/recovery-codes';
    const reply = async () => (await definitions()).RENEW_RECOVERY_CODES.reply;
    setCodes((await proof.run(() => consoleApi(path, reply, { body: {} }))).recoveryCodes);
  }
  async function remove() {
    const path = '/api/console/second-factor/remove';
    const reply = async () => (await definitions()).REMOVE_SECOND_FACTOR.reply;
    await proof.run(() => consoleApi(path, reply, { body: {} }));
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
      <ConfirmDialog
        open={open === 'renew'}
        onOpenChange={close}
        title={t('renew.title')}
        action={t('renew.action')}
        tone="primary"
        consequence={
          <>
            <Notice tone="attention" title={t('renew.consequence')} />
            {proof.dialog}
          </>
        }
        onConfirm={renew}
      />
      <ConfirmDialog
        open={open === 'remove'}
        onOpenChange={close}
        title={t('remove.title')}
        action={t('remove.action')}
        consequence={
          <>
            <Notice tone="attention" title={t('remove.consequence')} />
            {proof.dialog}
          </>
        }
        onConfirm={remove}
      />
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
