import { useTranslations } from 'next-intl';
import type { NodeDetail } from '#lib/nodes/get-node';
import { Hash } from '../ui/hash.tsx';
import { Panel, Properties } from '../ui/panel.tsx';
import { Notice } from '../ui/state.tsx';
import { Time } from '../ui/time.tsx';

/** What is known of the channel, and what it does not have. */
export function ChannelPanel({ node }: { node: NodeDetail }) {
  const t = useTranslations('nodes.channel');
  const { identityFingerprint: fingerprint } = node;
  return (
    <Panel title={t('title')}>
      <div className="flex flex-col gap-4">
        <Properties
          items={[
            {
              name: t('identity'),
              value: fingerprint ? <Hash value={fingerprint} what={t('fingerprint')} /> : t('notPinned'),
            },
            { name: t('pinned'), value: node.pinnedAt ? <Time short at={node.pinnedAt} /> : '–' },
            { name: t('since'), value: node.connectedSince ? <Time short at={node.connectedSince} /> : '–' },
            {
              name: t('lastConnected'),
              value: node.lastConnectedAt ? <Time short at={node.lastConnectedAt} /> : t('never'),
            },
            { name: t('transport'), value: t('transportText') },
          ]}
        />
        <Notice tone="info" title={t('noTls')}>
          <p>{t('noTlsText')}</p>
        </Notice>
      </div>
    </Panel>
  );
}
