import { useTranslations } from 'next-intl';
import type { Onboarding } from '#lib/nodes/onboarding/get-onboarding';
import { AttemptsList } from './attempts-list.tsx';
import { TypeThere } from './type-there.tsx';

/** How the node is started, and why it was not let in. */
export function ConnectStep({ onboarding, done }: { onboarding: Onboarding; done: boolean }) {
  const t = useTranslations('onboarding.connect');
  if (done) return null;
  return (
    <>
      <TypeThere command="npx fdlr node run --config node/node.json" hint={t('hint')} />
      <AttemptsList attempts={onboarding.attempts} />
    </>
  );
}
