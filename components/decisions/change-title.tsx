import type { ChangeView } from '#lib/budgets/changes/change-view';
import { useChangeWords } from './use-change-words.ts';

/** A change in a line. */
export function ChangeTitle({ change }: { change: ChangeView }) {
  return useChangeWords().title(change);
}
