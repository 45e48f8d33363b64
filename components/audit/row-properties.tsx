import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Names } from '#lib/audit-rows/names-in';
import type { LoggedRow } from '#lib/audit-rows/read-rows';
import { rowLinkStyles } from '../ui/data-table/table-parts.tsx';
import { Hash } from '../ui/hash.tsx';
import { Properties } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';
import { ActorName } from './actor-name.tsx';
import { reasonOf, thingsIn } from './things-in.ts';
import { useTypeWords } from './use-type-words.ts';

type Props = { row: LoggedRow; names: Names };

/** What an entry is, why it was made, and what it is about, with the way there for whoever may open it. */
export function RowProperties({ row, names }: Props) {
  const t = useTranslations('audit.row');
  const typeWord = useTypeWords();
  const reasonId = reasonOf(row.entry);
  const things = thingsIn(row.entry, names);
  return (
    <Properties
      items={[
        { name: t('type'), value: typeWord(row.type) },
        { name: t('at'), value: <Time short at={row.at} /> },
        { name: t('by'), value: <ActorName actor={row.actor} names={names} /> },
        ...(reasonId
          ? [{ name: t('reason'), value: names[reasonId]?.name ?? <Quiet>{t('reasonNone')}</Quiet> }]
          : []),
        ...things.named.map(({ kind, id, name, href }) => ({
          name: t(`kinds.${kind}`),
          value: href ? (
            <Link href={href} prefetch={false} className={rowLinkStyles}>
              {name === id ? <code className="break-all font-mono text-xs">{id}</code> : name}
            </Link>
          ) : (
            name
          ),
        })),
        ...(things.withheld > 0
          ? [{ name: '', value: <Quiet>{t('withheld', { count: things.withheld })}</Quiet> }]
          : []),
        ...(row.subjectId
          ? [{ name: t('subject'), value: <Hash value={row.subjectId} what={t('subjectName')} /> }]
          : []),
        { name: t('leafHash'), value: <Hash value={row.leafHash} what={t('leafHashName')} /> },
      ]}
    />
  );
}

function Quiet({ children }: { children: ReactNode }) {
  return <span className="text-muted">{children}</span>;
}
