'use client';

import { ShieldCheck, Users, Vote } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { AdmissionMeaning } from '#lib/nodes/onboarding/admission-meaning';
import { Epsilon } from '../../ui/quantity.tsx';

/** What an admission would mean, in numbers: whose records, under which guarantee, beside whom. */
export function MeaningText({ meaning }: { meaning: AdmissionMeaning }) {
  const t = useTranslations('onboarding.meaning');
  const { hospital, period, patients, shards, others, otherShards } = meaning;
  const line = 'mt-0.5 size-4 shrink-0';
  const epsilon = () => <Epsilon epsilon={meaning.capEpsilon} delta={meaning.delta} />;
  return (
    <div data-testid="meaning" className="flex flex-col gap-3 text-sm">
      <p className="flex gap-2">
        <Users aria-hidden className={`${line} text-muted`} />
        <span className="figures">
          {patients === null ? t('recordsUnknown', { hospital }) : t('records', { hospital, patients })}
        </span>
      </p>
      <p className="flex gap-2">
        <ShieldCheck aria-hidden className={`${line} text-ok`} />
        <span className="figures">
          {t.rich(meaning.hasAccount ? 'accountStays' : 'accountOpens', { hospital, period, epsilon })}
        </span>
      </p>
      <p className="flex gap-2">
        <Vote aria-hidden className={`${line} text-muted`} />
        <span className="figures">{t('votes', { shards, others, otherShards })}</span>
      </p>
    </div>
  );
}
