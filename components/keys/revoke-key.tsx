'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { KeyRow } from '#lib/identity/api-keys/list-keys';
import { MIN_REASON } from '#lib/identity/reason-length';
import { consoleApi } from '../console-api.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Notice } from '../ui/state.tsx';
import { Time } from '../ui/time.tsx';
import { useToast } from '../ui/toast.ts';

const reply = async () => (await import('#lib/console-api/keys')).REVOKE_KEY.reply;

/** Ends a key for good, with its reason. */
export function RevokeKey({ apiKey }: { apiKey: KeyRow }) {
  const t = useTranslations('keys');
  const members = useTranslations('members');
  const router = useRouter();
  const say = useToast();
  const [open, setOpen] = useState(false);
  const { id, name, prefix, lastUsedAt } = apiKey;
  const owner = apiKey.isOwn ? t('you') : apiKey.owner;
  async function revoke(reason: string) {
    await consoleApi(`/api/console/keys/${id}/revoke`, reply, {
      body: { reason },
    });
    say.ok({ text: t('revoke.done', { name }) });
    router.refresh();
  }
  return (
    <>
      <Button size="sm" aria-label={t('revoke.openNamed', { name })} onClick={() => setOpen(true)}>
        {t('revoke.open')}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t('revoke.title', { name })}
        description={t('revoke.description')}
        action={t('revoke.action')}
        reason={{ minLength: MIN_REASON, hint: members('reasonHint') }}
        consequence={
          <Notice tone="attention" title={t('revoke.consequence', { owner, prefix })}>
            {lastUsedAt ? (
              <>
                {t('revoke.usedAt')} <Time short at={lastUsedAt} />
              </>
            ) : (
              t('revoke.neverUsed')
            )}
          </Notice>
        }
        onConfirm={revoke}
      />
    </>
  );
}
