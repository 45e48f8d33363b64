import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { NodeDetail } from '#lib/nodes/get-node';
import { Panel } from '../../ui/panel.tsx';
import { StateIcon, type Tone } from '../../ui/state.tsx';
import { SixWords } from './six-words.tsx';
import { TypeThere } from './type-there.tsx';

/** A cohort is three at least. */
const LEAST_PEERS = 2;

/** What an admitted node still needs before a cohort holds it, and what the other hospitals need to pin it. */
export function StandingPanel({ node }: { node: NodeDetail }) {
  const t = useTranslations('onboarding.standing');
  const { link, purposes, allowedRegions, peerWords, pins } = node;
  const toSettings = (text: ReactNode) => (
    <Link href="/settings" className="underline underline-offset-4">
      {text}
    </Link>
  );
  return (
    <Panel title={t('title')}>
      <ul className="flex flex-col gap-3 text-sm">
        <Line tone={link === 'connected' ? 'ok' : 'attention'}>
          {t(link === 'connected' ? 'connected' : 'notConnected')}
        </Line>
        <Line tone={purposes.length > 0 ? 'ok' : 'attention'}>
          {purposes.length > 0
            ? t('purposes', { purposes: purposes.map(({ display }) => display).join(', ') })
            : t.rich('noPurpose', { settings: toSettings })}
        </Line>
        <Line tone={allowedRegions.length > 0 ? 'ok' : 'attention'}>
          {allowedRegions.length > 0 ? t('regions', { regions: allowedRegions.join(', ') }) : t('noRegion')}
        </Line>
        {pins.own === null ? null : (
          <Line tone={pins.both >= LEAST_PEERS ? 'ok' : 'attention'}>
            <span className="figures">{t('pinned', { ...pins, own: pins.own })}</span>
          </Line>
        )}
        <Line tone="info">{t('pins')}</Line>
      </ul>
      {peerWords ? (
        <details className="mt-4 rounded-md border px-3 py-2">
          <summary className="cursor-pointer font-medium text-sm">{t('howToPin')}</summary>
          <div className="mt-3 flex flex-col gap-3">
            <p className="text-sm">{t('peerWords')}</p>
            <SixWords words={peerWords} />
            <TypeThere
              command={`npx fdlr node peers add ${node.id} --config node/node.json`}
              hint={t('peerHint')}
            />
          </div>
        </details>
      ) : null}
    </Panel>
  );
}

function Line({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <li className="flex gap-2">
      <StateIcon tone={tone} className="mt-0.5" />
      <span className="min-w-0">{children}</span>
    </li>
  );
}
