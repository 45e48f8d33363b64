'use client';

import { Ban, CirclePause, Hourglass, KeyRound, type LucideIcon, Undo2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { MIN_REASON } from '#lib/identity/reason-length';
import type { Onboarding } from '#lib/nodes/onboarding/get-onboarding';
import { consoleApi } from '../../console-api.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Notice } from '../../ui/state.tsx';
import { useToast } from '../../ui/toast.ts';
import { actionsOf, type NodeAction } from './actions-of.ts';

const ICONS: Record<NodeAction, LucideIcon> = {
  drain: Hourglass,
  suspend: CirclePause,
  rekey: KeyRound,
  withdraw: Undo2,
  revoke: Ban,
};
const PATHS: Record<NodeAction, string> = {
  drain: 'drain',
  suspend: 'suspend',
  rekey: 'rekey',
  withdraw: 'invite/withdraw',
  revoke: 'revoke',
};

const definitions = () => import('#lib/console-api/nodes');
const replyOf = (action: NodeAction) => async () => {
  const routes = await definitions();
  return action === 'withdraw' ? routes.WITHDRAW_INVITE.reply : routes.REVOKE_NODE.reply;
};

type Props = { node: Pick<Onboarding, 'nodeId' | 'name' | 'state' | 'next' | 'may'>; others: number };

/** What an administrator can do to a node in its state, each with what it means before it is done. */
export function NodeActions({ node, others }: Props) {
  const t = useTranslations('onboarding.actions');
  const router = useRouter();
  const say = useToast();
  const [chosen, setChosen] = useState<NodeAction | null>(null);
  const [open, setOpen] = useState(false);
  const { nodeId, name } = node;
  const actions = actionsOf(node);
  if (actions.length === 0) return null;
  async function act(reason: string) {
    if (!chosen) return;
    await consoleApi(`/api/console/nodes/${nodeId}/${PATHS[chosen]}`, replyOf(chosen), { body: { reason } });
    say.ok({ text: t(`${chosen}.done`, { name }) });
    router.refresh();
  }
  return (
    <Panel title={t('title')}>
      <ul className="flex flex-col gap-3">
        {actions.map((action) => {
          const Icon = ICONS[action];
          return (
            <li key={action} className="flex flex-col items-start gap-1">
              <Button
                size="sm"
                onClick={() => {
                  setChosen(action);
                  setOpen(true);
                }}
              >
                <Icon aria-hidden className={action === 'revoke' ? 'text-danger' : ''} />
                {t(`${action}.open`)}
              </Button>
              <span className="text-muted text-sm">{t(`${action}.hint`)}</span>
            </li>
          );
        })}
      </ul>
      {chosen ? (
        <ConfirmDialog
          open={open}
          onOpenChange={setOpen}
          title={t(`${chosen}.title`, { name })}
          action={t(`${chosen}.action`)}
          tone={chosen === 'rekey' ? 'primary' : 'danger'}
          reason={{ minLength: MIN_REASON, hint: t('reasonHint') }}
          {...(chosen === 'revoke' ? { typed: { expected: name, label: t('revoke.typed', { name }) } } : {})}
          consequence={
            <Notice
              tone={chosen === 'revoke' ? 'danger' : 'attention'}
              title={t(`${chosen}.consequence`, { others })}
            >
              {t(`${chosen}.consequenceText`, { others })}
            </Notice>
          }
          onConfirm={act}
        />
      ) : null}
    </Panel>
  );
}
