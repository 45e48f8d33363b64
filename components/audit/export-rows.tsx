'use client';

import { Download } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { RowCount } from '#lib/audit-rows/list-rows';
import type { AuditScope } from '#lib/audit-rows/row-table';
import { RANGE_PARAMS } from '#lib/time/range-presets';
import { Button, buttonStyles } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

const FORMATS = ['csv', 'ndjson', 'proofs'] as const;
/** What of the page's address says which rows are meant. */
const PARAMS = ['q', 'type', 'actor', 'account', 'subject', 'sort', ...RANGE_PARAMS];

/** All rows that the page's filters and time keep, as a file of the reader's choice; how many is said before. */
export function ExportRows({ count, scope }: { count: RowCount; scope: AuditScope }) {
  const t = useTranslations('audit.export');
  const [open, setOpen] = useState(false);
  const page = useSearchParams();
  const params = new URLSearchParams(scope === 'federation' ? { scope } : {});
  for (const name of PARAMS) if (page.has(name)) params.set(name, page.get(name) ?? '');
  const search = params.size > 0 ? `?${params}` : '';
  return (
    <>
      <Button size="sm" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Download aria-hidden />
        {t('open')}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('title')}
        description={t(count.more ? 'descriptionMore' : 'description', { count: count.count })}
      >
        <ul className="flex flex-col divide-y">
          {FORMATS.map((format) => (
            <li key={format} className="flex items-center justify-between gap-4 py-3 first:pt-0 last:pb-0">
              <span className="flex flex-col gap-0.5 text-sm">
                <span className="font-medium">{t(`formats.${format}.title`)}</span>
                <span className="text-muted">{t(`formats.${format}.text`)}</span>
              </span>
              <a
                href={`/api/console/audit/export/${format}${search}`}
                download
                aria-label={t('download', { format: t(`formats.${format}.title`) })}
                className={buttonStyles({ variant: 'secondary', size: 'icon' })}
              >
                <Download aria-hidden />
              </a>
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}
