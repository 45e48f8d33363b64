'use client';

import { Check, CircleHelp, Info, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { nodesSigned } from '#lib/audit-log/browser/verify-cosignatures';
import { Term } from '../ui/term.tsx';
import type { LogHead } from './use-log-head.ts';
import { useWhen } from './use-when.ts';

const MARKS = {
  holds: { icon: Check, tone: 'text-ok' },
  fails: { icon: X, tone: 'text-danger' },
  unable: { icon: CircleHelp, tone: 'text-attention' },
  first: { icon: Info, tone: 'text-muted' },
} as const;

/** What this browser checked of the head, step by step, and the head itself. */
export function HeadSteps({ head, nodeIds }: { head: LogHead; nodeIds: readonly string[] }) {
  const t = useTranslations('audit.head');
  const when = useWhen();
  const { verdict, isKept } = head;
  // Where it does not hold, against which head is what matters; else the one from before this page was opened.
  const past = verdict.continues === 'holds' ? head.before : head.kept;
  const signed = nodesSigned(verdict.cosigned, nodeIds);
  const fails =
    verdict.faults.includes('witness_again') || verdict.cosigned.some(({ result }) => result === 'fails');
  return (
    <div className="mt-3 flex flex-col gap-3 text-sm">
      <ol className="flex flex-col gap-1.5">
        <Step result={verdict.signature}>{t('signature')}</Step>
        {past ? (
          <Step
            result={verdict.continues ?? 'unable'}
            note={t('continuesText', { before: Number(past.size), at: when(past.seenAtMs) })}
          >
            <Term name="consistencyProof">{t('continues')}</Term>
          </Step>
        ) : (
          <Step result="first" note={t(isKept ? 'firstText' : 'notKept')}>
            {t('first')}
          </Step>
        )}
        <Step
          result={fails ? 'fails' : signed > 0 ? 'holds' : 'unable'}
          {...(signed === 0 && !fails ? { note: t('cosignedNone') } : {})}
        >
          <Term name="witness">{t('cosigned', { signed, of: nodeIds.length })}</Term>
        </Step>
      </ol>
      <pre className="overflow-x-auto whitespace-pre-wrap break-all rounded-md border bg-sunken p-3 font-mono text-xs">
        {head.checkpoint}
        {head.verifierKey}
      </pre>
    </div>
  );
}

type StepProps = { result: keyof typeof MARKS; note?: string; children: ReactNode };

function Step({ result, note, children }: StepProps) {
  const t = useTranslations('audit.head.results');
  const { icon: Icon, tone } = MARKS[result];
  return (
    <li className="figures flex items-start gap-2">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <span>
        <span className="sr-only">{t(result)}: </span>
        {children}
        {note ? <span className="block text-muted">{note}</span> : null}
      </span>
    </li>
  );
}
