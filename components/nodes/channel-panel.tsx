import { useTranslations } from 'next-intl';
import type { NodeDetail } from '#lib/nodes/get-node';
import { Hash } from '../ui/hash.tsx';
import { Panel, Properties } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';
import { CertificateAge } from './certificate-age.tsx';
import { uncertifiedOf } from './lead-of.ts';
import { TlsGroup } from './tls-group.tsx';

/** What is known of the channel: which keys, which certificate, which key agreement. */
export function ChannelPanel({ node }: { node: NodeDetail }) {
  const t = useTranslations('nodes.channel');
  const { identityFingerprint: fingerprint, certificate, tlsGroup } = node;
  const held = certificate
    ? [
        { name: t('certificateUntil'), value: <Time short at={certificate.notAfter} /> },
        { name: t('keyAge'), value: t('days', { days: certificate.keyAgeDays }) },
        {
          name: t('serial'),
          value: <Hash value={certificate.serial} what={t('serialName')} />,
        },
      ]
    : [];
  return (
    <Panel title={t('title')}>
      <Properties
        items={[
          { name: t('transport'), value: t('transportText') },
          { name: t('group'), value: <TlsGroup group={tlsGroup} /> },
          {
            name: t('certificate'),
            value: certificate ? <CertificateAge certificate={certificate} /> : t(uncertifiedOf(node)),
          },
          ...held,
          {
            name: t('identity'),
            value: fingerprint ? <Hash value={fingerprint} what={t('fingerprint')} /> : t('notPinned'),
          },
          { name: t('since'), value: node.connectedSince ? <Time short at={node.connectedSince} /> : '–' },
          {
            name: t('lastConnected'),
            value: node.lastConnectedAt ? <Time short at={node.lastConnectedAt} /> : t('never'),
          },
        ]}
      />
    </Panel>
  );
}
