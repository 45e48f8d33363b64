import type { Names } from '#lib/audit-rows/names-in';
import type { LoggedRow } from '#lib/audit-rows/read-rows';
import { useLeafSentence } from './use-leaf-sentence.ts';

/** The entry in one sentence. */
export function RowSentence({ row, names }: { row: LoggedRow; names: Names }) {
  const sentence = useLeafSentence();
  return <p className="text-lg">{sentence(row, names)}</p>;
}
