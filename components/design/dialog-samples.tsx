'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Panel } from '../ui/panel.tsx';
import { Notice } from '../ui/state.tsx';
import { useToast } from '../ui/toast.ts';

/** Dialogs, a sheet, a decision with its reason and its consequence, and messages. */
export function DialogSamples() {
  const t = useTranslations('design.dialogs');
  const say = useToast();
  const [open, setOpen] = useState<'dialog' | 'sheet' | 'decision' | null>(null);
  const close = () => setOpen(null);
  return (
    <Panel title={t('title')}>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setOpen('dialog')}>{t('dialog')}</Button>
        <Button onClick={() => setOpen('sheet')}>{t('sheet')}</Button>
        <Button variant="danger" onClick={() => setOpen('decision')}>
          {t('decision')}
        </Button>
        <Button onClick={() => say.ok({ text: t('saved'), undo: () => say.info({ text: t('undone') }) })}>
          {t('message')}
        </Button>
        <Button onClick={() => say.danger({ text: t('failed'), detail: t('failedText') })}>
          {t('failedMessage')}
        </Button>
      </div>
      <Dialog
        open={open === 'dialog'}
        onOpenChange={close}
        title={t('dialog')}
        description={t('dialogText')}
        footer={<Button onClick={close}>{t('done')}</Button>}
      >
        <p>{t('body')}</p>
      </Dialog>
      <Dialog side open={open === 'sheet'} onOpenChange={close} title={t('sheet')}>
        <p>{t('body')}</p>
      </Dialog>
      <ConfirmDialog
        open={open === 'decision'}
        onOpenChange={close}
        title={t('decisionTitle')}
        action={t('decision')}
        reason={{}}
        consequence={
          <Notice tone="attention" title={t('consequence')}>
            <p>{t('consequenceText')}</p>
          </Notice>
        }
        onConfirm={async () => say.ok({ text: t('decided') })}
      />
    </Panel>
  );
}
