import { useTranslations } from 'next-intl';
import type { AdmissionMeaning } from '#lib/nodes/onboarding/admission-meaning';
import type { Onboarding } from '#lib/nodes/onboarding/get-onboarding';
import { TakeBack } from '../../decisions/take-back.tsx';
import { Notice } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { DecideAdmission } from './decide-admission.tsx';
import { MeaningText } from './meaning-text.tsx';
import { ProposeAdmission } from './propose-admission.tsx';

type Props = { onboarding: Onboarding; meaning: AdmissionMeaning; twoFactors: boolean };

/** The two people's part: what it would mean in numbers, who proposed it and why, and the reader's own part in it. */
export function AdmissionPanel({ onboarding, meaning, twoFactors }: Props) {
  const t = useTranslations('onboarding.admission');
  const unknown = useTranslations('decisions')('unknown');
  const { admission, may, nodeId, name, decisions } = onboarding;
  const [last] = decisions;
  const text = <MeaningText meaning={meaning} />;
  return (
    <section id="admission" aria-label={t('title')} className="flex scroll-mt-16 flex-col gap-4">
      {text}
      {admission ? (
        <div className="flex flex-col border-line-strong border-l pl-3 text-sm">
          <span className="text-muted">
            {t.rich(admission.own ? 'byYou' : 'by', {
              by: admission.proposedBy ?? unknown,
              at: () => <Time short at={admission.proposedAt} />,
            })}
          </span>
          <span className="break-words whitespace-pre-line">{admission.reason}</span>
        </div>
      ) : null}
      {!admission && last?.outcome === 'rejected' ? (
        <Notice tone="attention" title={t('rejectedBefore', { by: last.decidedBy ?? unknown })}>
          <p className="whitespace-pre-line">{last.decisionReason}</p>
        </Notice>
      ) : null}
      {admission && (!may.admit || admission.own) ? (
        <Notice tone="info" title={t(admission.own && may.admit ? 'own' : 'waitsFor')}>
          {t('waitsForText')}
        </Notice>
      ) : null}
      {!admission && !may.change ? (
        <Notice tone="info" title={t('notProposed')}>
          {t('notProposedText')}
        </Notice>
      ) : null}
      <div className="flex flex-wrap gap-2 empty:hidden">
        {!admission && may.change ? (
          <ProposeAdmission nodeId={nodeId} name={name} twoFactors={twoFactors} meaning={meaning} />
        ) : null}
        {admission && may.admit && !admission.own ? (
          <DecideAdmission id={admission.id} name={name} twoFactors={twoFactors} meaning={meaning} />
        ) : null}
        {admission && may.change ? <TakeBack what="admissions" id={admission.id} /> : null}
      </div>
    </section>
  );
}
