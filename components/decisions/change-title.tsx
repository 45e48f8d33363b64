import type { ChangeView } from '#lib/budgets/changes/change-view';
import { useChangeWords } from './use-change-words.ts';

/** A change in a line: what it does, or by how much. */
export function ChangeTitle({ change, figures = false }: { change: ChangeView; figures?: boolean }) {
  const words = useChangeWords();
  if (!figures) return words.title(change);
  const text = words.figures(change);
  return text === null ? null : <p className="figures text-lg">{text}</p>;
}
