import { useTranslations } from 'next-intl';
import type { Onboarding } from '#lib/nodes/onboarding/get-onboarding';
import { Time } from '../../ui/time.tsx';
import { AttemptsList } from './attempts-list.tsx';

/** The certificate: until when it counts, or how the node comes by it. */
export function CertificateStep({ onboarding }: { onboarding: Onboarding }) {
  const t = useTranslations('onboarding.certificate');
  const { certificate, attempts } = onboarding;
  if (!certificate) {
    return (
      <>
        <p className="text-sm">{t('waits')}</p>
        <AttemptsList attempts={attempts} />
      </>
    );
  }
  return (
    <p className="text-muted text-sm">
      {t.rich('until', { at: () => <Time short at={certificate.notAfter} /> })}
    </p>
  );
}
