'use client';

import { CircleCheck, CircleSlash } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { HospitalSetting, PurposeSetting } from '#lib/settings/hospital-settings';
import type { Column } from '../ui/data-table/columns.ts';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Panel, Properties } from '../ui/panel.tsx';
import { StateBadge, StateWord } from '../ui/state.tsx';
import { PurposeSwitch } from './purpose-switch.tsx';

type Props = { hospital: HospitalSetting; minHospitals: number };

/** What policy asks about one hospital: its law, where its answers may go, and what for. */
export function HospitalPanel({ hospital, minHospitals }: Props) {
  const t = useTranslations('settings.hospitals');
  const locale = useLocale();
  const columns: Column<PurposeSetting>[] = [
    {
      key: 'purpose',
      heading: t('purpose'),
      title: true,
      cell: (purpose) => (
        <span className="flex flex-col">
          {purpose.display}
          <span className="font-normal text-muted">{purpose.description}</span>
        </span>
      ),
    },
    {
      key: 'answers',
      heading: t('purposes'),
      cell: ({ answers }) => (
        <StateBadge tone={answers ? 'ok' : 'neutral'} icon={answers ? CircleCheck : CircleSlash}>
          {t(answers ? 'answers' : 'answersNot')}
        </StateBadge>
      ),
    },
    {
      key: 'answering',
      heading: t('answering'),
      cell: ({ answering }) => (
        <span className="flex flex-col">
          {t('answeringText', { count: answering })}
          {answering < minHospitals ? (
            <StateWord tone="attention">{t('tooFew', { min: minHospitals })}</StateWord>
          ) : null}
        </span>
      ),
    },
    ...(hospital.mayChange
      ? [
          {
            key: 'actions',
            heading: t('actions'),
            cell: (purpose: PurposeSetting) => (
              <PurposeSwitch hospital={hospital} purpose={purpose} minHospitals={minHospitals} />
            ),
          },
        ]
      : []),
  ];
  const regions = new Intl.ListFormat(locale, { type: 'unit' }).format(hospital.regions);
  return (
    <Panel title={hospital.name} flush>
      <div className="border-b p-4">
        <Properties
          items={[
            { name: t('regime'), value: hospital.regime },
            { name: t('region'), value: hospital.region },
            { name: t('regions'), value: regions || t('noRegions') },
          ]}
        />
      </div>
      <SimpleTable
        caption={t('caption', { name: hospital.name })}
        columns={columns}
        rows={hospital.purposes}
        rowKey={({ code }) => code}
      />
      {hospital.mayChange ? null : <p className="border-t px-4 py-3 text-muted text-sm">{t('onlyDpo')}</p>}
    </Panel>
  );
}
