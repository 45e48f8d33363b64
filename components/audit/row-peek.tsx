'use client';

import type { Names } from '#lib/audit-rows/names-in';
import type { LoggedRow } from '#lib/audit-rows/read-rows';
import { changesOf } from './changes-of.ts';
import { ChangesTable } from './changes-table.tsx';
import type { RowResult } from './check-rows.ts';
import { EntryText } from './entry-text.tsx';
import { readLeaf } from './read-leaf.ts';
import { RowMark } from './row-mark.tsx';
import { RowProperties } from './row-properties.tsx';
import { useLeafSentence } from './use-leaf-sentence.ts';

type Props = { row: LoggedRow; names: Names; result: RowResult | undefined };

/** An entry beside the list. */
export function RowPeek({ row, names, result }: Props) {
  const sentence = useLeafSentence();
  const event = readLeaf(row.entry);
  return (
    <>
      <p className="font-medium">{sentence(row, names)}</p>
      <div>
        <RowMark result={result} />
      </div>
      <RowProperties row={row} names={names} />
      {event && changesOf(event).length > 0 ? <ChangesTable event={event} names={names} /> : null}
      <EntryText entry={row.entry} />
    </>
  );
}
