import { useTranslations } from 'next-intl';
import type { RequestDetail } from '#lib/requests/get-request';
import { withoutAnswer } from '#lib/requests/request-lead';
import { Hash } from '../ui/hash.tsx';
import { Panel, Properties } from '../ui/panel.tsx';
import { Epsilon, Rho } from '../ui/quantity.tsx';
import { Term } from '../ui/term.tsx';
import { Time } from '../ui/time.tsx';
import { useProtection } from '../use-protection.tsx';
import { useVocabulary } from '../use-vocabulary.ts';
import { mechanismTerm } from '../vocabulary-terms.ts';
import { Reason } from './reason.tsx';
import { RequestStateBadge } from './request-state.tsx';
import { useDrawnItems } from './use-drawn-items.tsx';

/** What a request was, without its words: they are not stored. */
export function RequestProperties({ request }: { request: RequestDetail }) {
  const t = useTranslations('request');
  const people = useTranslations('requests');
  const words = useVocabulary();
  const { epsilon, delta } = request;
  const drawnItems = useDrawnItems(request.drawn);
  const protection = useProtection(request);
  const by = request.userName ?? people('unknownPerson');
  return (
    <Panel title={t('properties')}>
      <div className="flex flex-col gap-4">
        <Properties
          items={[
            {
              name: t('state'),
              value: <RequestStateBadge state={withoutAnswer(request.drawn) ?? request.state} />,
            },
            ...(request.errorCode
              ? [{ name: t('error'), value: <Reason code={request.errorCode} outcome={request.outcome} /> }]
              : []),
            { name: t('charged'), value: <Rho rho={request.chargedRho} /> },
            ...drawnItems,
            {
              name: <Term name="epsilon">{t('guarantee')}</Term>,
              value: epsilon !== null && delta !== null ? <Epsilon epsilon={epsilon} delta={delta} /> : '–',
            },
            { name: t('route'), value: words.route(request.route) },
            {
              name: <Term name={mechanismTerm(request.mechanism)}>{t('mechanism')}</Term>,
              value: words.mechanism(request.mechanism),
            },
            ...protection,
            {
              name: t('cohort'),
              value:
                request.nodes > 0 ? t('cohortText', { nodes: request.nodes, shards: request.shards }) : '–',
            },
            { name: t('labels'), value: request.labelCount > 0 ? request.labelCount : '–' },
            { name: t('model'), value: <code className="font-mono text-xs">{request.model}</code> },
            { name: t('purpose'), value: request.purpose },
            { name: t('by'), value: request.viaApiKey ? `${by}, ${t('byKey')}` : by },
            { name: t('department'), value: request.departmentName ?? '–' },
            { name: t('asked'), value: <Time at={request.createdAt} short /> },
            { name: t('settled'), value: request.settledAt ? <Time at={request.settledAt} short /> : '–' },
            { name: t('replays'), value: request.replays },
            { name: t('id'), value: <Hash value={request.id} what={t('idName')} /> },
          ]}
        />
        {request.state === 'answered' &&
        !request.isDemoHistory &&
        withoutAnswer(request.drawn) !== 'stopped' ? (
          <p className="text-muted text-sm">{t('answerNote')}</p>
        ) : null}
      </div>
    </Panel>
  );
}
