'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Notice } from '../ui/state.tsx';
import { saveFile } from './save-file.ts';
import { acknowledgeName, forgetKeptHead, LOG_HEAD_KEY, type LogHead } from './use-log-head.ts';

/** What does not hold, by name, and what to do about each. */
export function HeadProblems({ head }: { head: LogHead }) {
  const t = useTranslations('audit.head');
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { verdict, kept, formerOrigin } = head;
  const again = () => client.invalidateQueries({ queryKey: LOG_HEAD_KEY });
  if (verdict.faults.length + verdict.missing.length === 0 && !formerOrigin) return null;
  const numbers = { before: Number(kept?.size ?? 0), now: Number(verdict.head?.size ?? 0) };
  return (
    <div className="flex w-full flex-col gap-3">
      {verdict.faults.map((fault) => (
        <Notice key={fault} live tone="danger" title={t(`faults.${fault}.title`)}>
          <p>{t(`faults.${fault}.text`, numbers)}</p>
        </Notice>
      ))}
      {formerOrigin ? (
        <Notice
          tone="attention"
          title={t('renamed', { name: formerOrigin })}
          actions={
            <Button
              size="sm"
              onClick={() => {
                acknowledgeName(head.verifierKey);
                void again();
              }}
            >
              {t('renamedKnown')}
            </Button>
          }
        />
      ) : null}
      {verdict.missing.length > 0 ? (
        <Notice tone="attention" title={t('missing', { count: verdict.missing.length })}>
          <p className="break-all font-mono text-xs">{verdict.missing.join(' ')}</p>
          <p>{t('missingText')}</p>
        </Notice>
      ) : null}
      {verdict.faults.length + verdict.missing.length > 0 ? (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => saveFile('audit-log-evidence.json', evidenceOf(head))}>
            <Download aria-hidden />
            {t('evidence')}
          </Button>
          {kept ? (
            <Button variant="quiet" onClick={() => setAsking(true)}>
              {t('start')}
            </Button>
          ) : null}
        </div>
      ) : null}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('startTitle')}
        description={t('startText')}
        action={t('startAction')}
        onConfirm={async () => {
          forgetKeptHead(head.verifierKey);
          await again();
        }}
      />
    </div>
  );
}

/** All that the checks were made with: somebody else can make them again. */
function evidenceOf({ checkpoint, verifierKey, witnesses, consistency, kept, verdict }: LogHead): string {
  const shown = { checkpoint, verifierKey, witnesses };
  const at = new Date().toISOString();
  return `${JSON.stringify({ at, faults: verdict.faults, kept, shown, consistency }, null, 2)}\n`;
}
