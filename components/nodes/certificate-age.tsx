import { useTranslations } from 'next-intl';
import type { NodeDetail } from '#lib/nodes/get-node';
import { StateWord } from '../ui/state.tsx';
import { Time } from '../ui/time.tsx';

/** How old a certificate is and when the node renews it; that it expired, where it has. */
export function CertificateAge({ certificate }: { certificate: NodeDetail['certificate'] }) {
  const t = useTranslations('nodes.certificateAge');
  if (!certificate) return '–';
  const { ageDays, renewsAt, notAfter, expired } = certificate;
  if (expired)
    return (
      <StateWord tone="danger">{t.rich('expired', { at: () => <Time short at={notAfter} /> })}</StateWord>
    );
  return (
    <span className="figures">
      {t.rich('age', { days: ageDays, at: () => <Time short at={renewsAt} /> })}
    </span>
  );
}
