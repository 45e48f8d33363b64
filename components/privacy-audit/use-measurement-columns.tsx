import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { AuditedMechanism, PlantedBugResult } from '#lib/privacy/audit/report';
import type { Column } from '../ui/data-table/columns.ts';
import { Epsilon, Rho } from '../ui/quantity.tsx';

type Measurement = Omit<AuditedMechanism, 'verdict'> | Omit<PlantedBugResult, 'bug' | 'caught'>;

/** The figures that claims and planted bugs have in common: what was charged, what was proved, from how many samples. */
export function useMeasurementColumns<Row extends Measurement>(delta: number) {
  const t = useTranslations('privacyAudit');
  const locale = useLocale();
  const count = new Intl.NumberFormat(locale);
  const pair = ({ rho, epsilon }: { rho: number; epsilon: number }) => (
    <Pair rho={rho}>
      <Epsilon epsilon={epsilon} delta={delta} />
    </Pair>
  );
  return {
    claimed: {
      key: 'claimed',
      heading: t('claimed'),
      figures: true,
      cell: ({ claimed }) => pair(claimed),
    },
    proved: {
      key: 'proved',
      heading: t('proved'),
      figures: true,
      cell: ({ measured }) => pair(measured),
    },
    samples: {
      key: 'samples',
      heading: t('samples'),
      figures: true,
      cell: ({ samplesPerSide }) => count.format(2 * samplesPerSide),
    },
  } satisfies Record<string, Column<Row>>;
}

function Pair({ rho, children }: { rho: number; children: ReactNode }) {
  return (
    <span className="inline-flex flex-col items-end">
      <Rho rho={String(rho)} />
      <span className="text-muted text-xs">{children}</span>
    </span>
  );
}
