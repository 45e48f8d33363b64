import { useTranslations } from 'next-intl';

/** The one way out that the hospital's network has to leave open. */
export function FirewallNote({ url }: { url: string }) {
  const t = useTranslations('onboarding.enrol');
  const { hostname, port } = new URL(url);
  return <p className="text-muted text-sm">{t('firewall', { host: hostname, port: port || '443' })}</p>;
}
