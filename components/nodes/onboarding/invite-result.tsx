'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { buttonStyles } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { type Made, MadeInvite } from './made-invite.tsx';

/** In the form's place: the code, and where its way can be followed. */
export function InviteResult({ made, name }: { made: Made; name: string }) {
  const t = useTranslations('onboarding.made');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      <Panel title={<span role="status">{t('title', { name })}</span>}>
        <div className="flex flex-col gap-4">
          <MadeInvite made={made} />
          <div>
            <Link href={`/nodes/${made.nodeId}`} className={buttonStyles({ variant: 'primary' })}>
              {t('follow')}
            </Link>
          </div>
        </div>
      </Panel>
    </div>
  );
}
