import { CircleCheck, CircleDashed, CircleDot, CircleX, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Onboarding } from '#lib/nodes/onboarding/get-onboarding';
import type { OnboardingStep, StepState } from '#lib/nodes/onboarding/onboarding-steps';
import { cn } from '../../ui/cn.ts';
import { Panel } from '../../ui/panel.tsx';
import { CertificateStep } from './certificate-step.tsx';
import { CompareStep } from './compare-step.tsx';
import { ConnectStep } from './connect-step.tsx';
import { EnrolStep } from './enrol-step.tsx';
import { InviteStep } from './invite-step.tsx';
import { PreflightStep } from './preflight-step.tsx';

const LOOKS: Record<StepState, { icon: LucideIcon; text: string }> = {
  done: { icon: CircleCheck, text: 'text-ok' },
  now: { icon: CircleDot, text: 'text-attention' },
  waiting: { icon: CircleDashed, text: 'text-muted' },
  failed: { icon: CircleX, text: 'text-danger' },
};

type Props = {
  onboarding: Onboarding;
  /** The steps in which two people decide, as their own panel shows them. */
  admission: ReactNode;
};

/** The way of a node from its invite to its first cohort: what is done, what is to be done now, and by whom. */
export function Checklist({ onboarding, admission }: Props) {
  const t = useTranslations('onboarding');
  const decides = onboarding.steps.find(({ step, state }) => step === 'propose' && state !== 'waiting');
  return (
    <Panel title={t('title')} flush>
      <ol className="divide-y">
        {onboarding.steps.map(({ step, state }) => (
          <StepRow key={step} step={step} state={state}>
            <StepBody step={step} state={state} onboarding={onboarding} />
          </StepRow>
        ))}
      </ol>
      {decides ? <div className="border-t p-4">{admission}</div> : null}
    </Panel>
  );
}

type RowProps = { step: OnboardingStep; state: StepState; children: ReactNode };

function StepRow({ step, state, children }: RowProps) {
  const t = useTranslations('onboarding');
  const { icon: Icon, text } = LOOKS[state];
  return (
    <li
      data-testid={`step-${step}`}
      data-state={state}
      {...(state === 'now' ? { 'aria-current': 'step' as const } : {})}
      className="flex gap-3 px-4 py-3"
    >
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', text)} />
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <p className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className={cn('font-medium', state === 'waiting' && 'text-muted')}>{t(`steps.${step}`)}</span>
          <span className={cn('text-sm', text)}>{t(`stepStates.${state}`)}</span>
        </p>
        {children}
      </div>
    </li>
  );
}

type BodyProps = { step: OnboardingStep; state: StepState; onboarding: Onboarding };

/** What a step has to say: nothing before its turn. */
function StepBody({ step, state, onboarding }: BodyProps) {
  const isOpen = state === 'now' || state === 'failed';
  switch (step) {
    case 'invite':
      return <InviteStep onboarding={onboarding} />;
    case 'enrol':
      return isOpen ? <EnrolStep onboarding={onboarding} failed={state === 'failed'} /> : null;
    case 'compare':
      return isOpen ? <CompareStep onboarding={onboarding} /> : null;
    case 'certificate':
      return state === 'waiting' ? null : <CertificateStep onboarding={onboarding} />;
    case 'connect':
      return state === 'waiting' ? null : <ConnectStep onboarding={onboarding} done={state === 'done'} />;
    case 'preflight':
      return onboarding.certificate ? <PreflightStep preflight={onboarding.preflight} /> : null;
    case 'propose':
    case 'admit':
      return null;
  }
}
