'use client';

import { Check, CircleHelp, X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { CHECKS, type Verdict } from '#lib/audit-log/browser/verify-inclusion';
import type { CheckableProof } from '#lib/requests/router-replies';
import { Hash } from '../ui/hash.tsx';
import { StateWord } from '../ui/state.tsx';
import { useKnownLogKey } from './known-log-key.ts';

const MARKS = {
  holds: { icon: Check, tone: 'text-ok' },
  fails: { icon: X, tone: 'text-danger' },
  unable: { icon: CircleHelp, tone: 'text-attention' },
} as const;

type Props = { proof: CheckableProof; verdict: Verdict };

/** What this browser checked of a proof, step by step, and all that it checked it with. */
export function LeafChecks({ proof, verdict }: Props) {
  const t = useTranslations('request.proof');
  const format = new Intl.NumberFormat(useLocale());
  const known = useKnownLogKey(proof.verifierKey);
  const facts = {
    index: format.format(Number(proof.leafIndex)),
    size: format.format(Number(proof.treeSize)),
    length: proof.path.length,
  };
  return (
    <>
      <ol className="flex flex-col gap-1">
        {CHECKS.map((check) => {
          const result = verdict.checks[check];
          const { icon: Icon, tone } = MARKS[result];
          return (
            <li key={check} className="figures flex items-start gap-2">
              <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
              <span>
                <span className="sr-only">{t(`results.${result}`)}: </span>
                {t(`checks.${check}`, facts)}
              </span>
            </li>
          );
        })}
      </ol>
      {known === 'changed' ? <StateWord tone="attention">{t('keyChanged')}</StateWord> : null}
      <p className="text-muted">{t(known === 'same' ? 'keySame' : 'keyTrust')}</p>
      <details>
        <summary className="w-fit rounded-sm text-muted underline decoration-line-strong underline-offset-4">
          {t('show')}
        </summary>
        <dl className="mt-2 flex flex-col gap-3 rounded-md border bg-sunken p-3">
          <Part name={t('entryText')}>
            <pre className="whitespace-pre-wrap break-all font-mono text-xs">{proof.entry}</pre>
          </Part>
          <Part name={t('pathHashes')}>
            <ol className="flex flex-col break-all font-mono text-xs">
              {proof.path.map((hash, index) => (
                // A path may hold a hash twice only where the log is broken; its place names it.
                <li key={index}>{hash}</li>
              ))}
            </ol>
          </Part>
          <Part name={t('rootHash')}>
            <Hash value={proof.rootHash} what={t('root')} />
          </Part>
          <Part name={t('head')}>
            <pre className="whitespace-pre-wrap break-all font-mono text-xs">{proof.checkpoint}</pre>
          </Part>
          <Part name={t('key')}>
            <span className="break-all font-mono text-xs">{proof.verifierKey}</span>
            {proof.keyCustody ? <p className="text-muted text-xs">{proof.keyCustody}</p> : null}
          </Part>
        </dl>
      </details>
    </>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
