'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { type ReactNode, useRef, useState } from 'react';
import { ApiProblem, consoleApi } from '../console-api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { ProofValues } from './proof-form.tsx';

const ProofForm = dynamic(() => import('./proof-form.tsx').then((module) => module.ProofForm), {
  ssr: false,
  loading: () => <Skeleton className="h-60 w-full" />,
});

const reply = async () => (await import('#lib/console-api/second-factor')).PROVE.reply;

type Asked = { withCode: boolean; answer: (proved: boolean) => void };

/**
 * For what only somebody may do who proved shortly before who they are. `run` does it; where the server asks for that
 * proof, `dialog` asks the person, and then it is done after all: nothing they typed is lost. Put `dialog` beside the
 * form, never inside it.
 */
export function useProof(): { run: <T>(work: () => Promise<T>) => Promise<T>; dialog: ReactNode } {
  const t = useTranslations('proof');
  const [asked, setAsked] = useState<Asked | null>(null);
  // The button that was pressed is out of use while its work runs, and cannot take the focus back.
  const beneath = useRef<HTMLElement | null>(null);
  function settle(proved: boolean) {
    asked?.answer(proved);
    setAsked(null);
  }
  async function prove(body: ProofValues) {
    await consoleApi('/api/console/prove', reply, { body });
    settle(true);
  }
  async function run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.problem.code !== 'proof_needed') throw error;
      const dialogs = document.querySelectorAll<HTMLElement>('[role="dialog"]');
      beneath.current = dialogs[dialogs.length - 1] ?? null;
      const withCode = error.problem.withCode === true;
      const proved = await new Promise<boolean>((answer) => setAsked({ withCode, answer }));
      if (!proved) throw error;
      return work();
    }
  }
  const dialog = (
    <Dialog
      keep
      open={asked !== null}
      onOpenChange={(open) => (open ? null : settle(false))}
      returnTo={() => (beneath.current?.isConnected ? beneath.current : null)}
      title={t('title')}
      description={t('text')}
    >
      {asked ? <ProofForm withCode={asked.withCode} submit={t('submit')} onProof={prove} /> : null}
    </Dialog>
  );
  return { run, dialog };
}
