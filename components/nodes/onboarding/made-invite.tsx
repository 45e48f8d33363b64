'use client';

import { useTranslations } from 'next-intl';
import { CopyText } from '../../keys/copy-text.tsx';
import { Notice } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { FirewallNote } from './firewall-note.tsx';
import { TypeThere } from './type-there.tsx';

export type Made = { nodeId: string; code: string; command: string; expiresAt: string };

/** An invite's code, for the only time, and exactly what the hospital types. */
export function MadeInvite({ made }: { made: Made }) {
  const t = useTranslations('onboarding.made');
  const words = useTranslations('onboarding');
  const url = /--router (\S+)/.exec(made.command)?.[1];
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Notice tone="attention" title={t('once')}>
        {t('onceText')}
      </Notice>
      <CopyText label={t('code')} text={made.code} copy={t('copyCode')} copied={words('copied')} />
      <TypeThere command={made.command} hint={t('commandHint')} />
      {url ? <FirewallNote url={url} /> : null}
      <p className="text-muted text-sm">
        {t.rich('expires', { at: () => <Time short at={made.expiresAt} /> })}
      </p>
    </div>
  );
}
