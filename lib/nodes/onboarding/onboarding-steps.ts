import type { PreflightLine } from './preflight.ts';
import type { NodeState } from './transitions.ts';

/** The way of a node from the invite to its first answer. */
export const ONBOARDING_STEPS = [
  'invite',
  'enrol',
  'compare',
  'certificate',
  'connect',
  'preflight',
  'propose',
  'admit',
] as const;
export type OnboardingStep = (typeof ONBOARDING_STEPS)[number];
/** `waiting`: its turn has not come. `now`: it is this one that something has to happen for. */
export type StepState = 'done' | 'now' | 'waiting' | 'failed';

export type Standing = {
  state: NodeState;
  /** The open invite can no longer be used. */
  inviteDead: boolean;
  hasCertificate: boolean;
  connected: boolean;
  preflight: readonly PreflightLine[] | null;
  proposed: boolean;
  /** It was admitted at some time. */
  wasAdmitted: boolean;
};

/** How far each step is. A preflight that failed, or that nobody ran, keeps nobody from proposing. */
export function onboardingSteps(standing: Standing): { step: OnboardingStep; state: StepState }[] {
  const done: Record<OnboardingStep, boolean> = {
    invite: true,
    enrol: standing.state !== 'invited' && !(standing.state === 'revoked' && !standing.hasCertificate),
    compare: !['invited', 'pending'].includes(standing.state),
    certificate: standing.hasCertificate,
    connect: standing.connected || standing.wasAdmitted,
    preflight: standing.preflight?.every(({ outcome }) => outcome !== 'failed') ?? false,
    propose: standing.proposed || standing.wasAdmitted,
    admit: standing.wasAdmitted,
  };
  const current = ONBOARDING_STEPS.find((step) => !done[step] && step !== 'preflight');
  return ONBOARDING_STEPS.map((step) => ({ step, state: stateOf(step, done[step], current, standing) }));
}

function stateOf(
  step: OnboardingStep,
  done: boolean,
  current: OnboardingStep | undefined,
  standing: Standing,
): StepState {
  if (done) return 'done';
  if (standing.state === 'revoked') return 'failed';
  if (step === 'preflight' && standing.preflight !== null) return 'failed';
  if (step === 'enrol' && standing.inviteDead) return 'failed';
  return step === current ? 'now' : 'waiting';
}
