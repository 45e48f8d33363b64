import { useLocale, useTranslations } from 'next-intl';
import { formatDelta } from '#lib/i18n/quantities';
import type { OrganisationSettings } from '#lib/settings/organisation-settings';
import { Panel, Properties } from '../ui/panel.tsx';
import { Epsilon } from '../ui/quantity.tsx';
import { Term } from '../ui/term.tsx';
import { Time } from '../ui/time.tsx';

/** What the organisation is, and what whoever runs the federation has set for everybody. */
export function OrganisationPanel({ organisation }: { organisation: OrganisationSettings }) {
  const t = useTranslations('settings.organisation');
  const locale = useLocale();
  const { defaults } = organisation;
  const delta = String(defaults.delta);
  const variable = (name: string) => <code className="break-all font-mono text-muted text-xs">{name}</code>;
  return (
    <Panel title={t('title')}>
      <div className="grid items-start gap-x-12 gap-y-6 lg:grid-cols-2">
        <Properties
          items={[
            { name: t('name'), value: organisation.name },
            { name: t('region'), value: organisation.region },
            {
              name: t('departments'),
              value: new Intl.ListFormat(locale, { type: 'unit' }).format(organisation.departments),
            },
            {
              name: <Term name="epsilon">{t('ceiling')}</Term>,
              value: <Epsilon epsilon={organisation.maxRequestEpsilon} delta={delta} />,
            },
            { name: t('since'), value: <Time short at={organisation.createdAt} /> },
          ]}
        />
        <div className="flex flex-col gap-3">
          <div className="flex flex-col">
            <h3 className="font-medium text-sm">{t('defaults')}</h3>
            <p className="text-muted text-sm">{t('defaultsText')}</p>
          </div>
          <Properties
            items={[
              {
                name: t('epsilon'),
                value: (
                  <Setting name={variable('FEDERATED_PRIVACY_EPSILON')}>
                    <Epsilon epsilon={defaults.epsilon} delta={delta} />
                  </Setting>
                ),
              },
              {
                name: t('delta'),
                value: <Setting name={variable('FEDERATED_DELTA')}>δ {formatDelta(delta)}</Setting>,
              },
              {
                name: t('userCap'),
                value: (
                  <Setting name={variable('FEDERATED_MAX_BUDGET_PER_USER')}>
                    <Epsilon epsilon={defaults.maxBudgetPerUser} delta={delta} />
                  </Setting>
                ),
              },
            ]}
          />
        </div>
      </div>
    </Panel>
  );
}

function Setting({ name, children }: { name: React.ReactNode; children: React.ReactNode }) {
  return (
    <span className="flex flex-col">
      <span>{children}</span>
      {name}
    </span>
  );
}
