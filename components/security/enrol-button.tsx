'use client';

import { Smartphone } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { consoleApi } from '../console-api.ts';
import { useProof } from '../proof/use-proof.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useToast } from '../ui/toast.ts';
import type { Enrolment } from './enrol-form.tsx';

const Loading = () => <Skeleton className="h-60 w-full" />;
const EnrolForm = dynamic(() => import('./enrol-form.tsx').then((module) => module.EnrolForm), {
  ssr: false,
  loading: Loading,
});
const RecoveryCodes = dynamic(() => import('./recovery-codes.tsx').then((module) => module.RecoveryCodes), {
  ssr: false,
  loading: Loading,
});

const reply = async () => (await import('#lib/console-api/second-factor')).BEGIN_SECOND_FACTOR.reply;

/** Adds an authenticator app: what to scan, its first code, and then the recovery codes, this once. */
export function EnrolButton() {
  const t = useTranslations('settings.security');
  const router = useRouter();
  const proof = useProof();
  const say = useToast();
  const [busy, setBusy] = useState(false);
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  async function begin() {
    setBusy(true);
    try {
      const path = '/api/console/second-factor/begin';
      setEnrolment(await proof.run(() => consoleApi(path, reply, { body: {} })));
    } catch (error) {
      say.danger({ text: t('enrol.failed'), ...(error instanceof Error ? { detail: error.message } : {}) });
    } finally {
      setBusy(false);
    }
  }
  function close() {
    setEnrolment(null);
    setCodes(null);
    router.refresh();
  }
  return (
    <>
      <Button variant="primary" disabled={busy} aria-busy={busy} onClick={begin}>
        <Smartphone aria-hidden />
        {t('enrol.open')}
      </Button>
      {proof.dialog}
      <Dialog
        keep
        open={enrolment !== null}
        onOpenChange={(open) => (open ? null : close())}
        title={t(codes ? 'codes.title' : 'enrol.title')}
        description={t(codes ? 'codes.text' : 'enrol.text')}
        footer={
          codes ? (
            <Button variant="primary" onClick={close}>
              {t('codes.done')}
            </Button>
          ) : null
        }
      >
        {codes ? <RecoveryCodes codes={codes} /> : null}
        {enrolment && !codes ? <EnrolForm enrolment={enrolment} onConfirmed={setCodes} /> : null}
      </Dialog>
    </>
  );
}
