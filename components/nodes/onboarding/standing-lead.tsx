import { useTranslations } from 'next-intl';
import type { Onboarding } from '#lib/nodes/onboarding/get-onboarding';

/** Where a node that is not in yet stands: which step it is at. Null once it was admitted. */
export function StandingLead({ steps }: { steps: Onboarding['steps'] }) {
  const t = useTranslations('onboarding');
  const at = steps.findIndex(({ state }) => state === 'now' || state === 'failed');
  const step = steps[at];
  if (!step) return null;
  const name = t(`steps.${step.step}`);
  return (
    <p className="text-lg">
      {t(step.state === 'failed' ? 'leadFailed' : 'lead', { at: at + 1, of: steps.length, name })}
    </p>
  );
}
