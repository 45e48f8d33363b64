import { Books, type Change } from './books.ts';
import { type Move, type Outcome, requestIdOf } from './move.ts';
import type { Page } from './page.ts';
import { reservePage } from './reserve-page.ts';
import { releasePage, settlePage } from './settle-page.ts';
import type { Stock } from './take-stock.ts';

/** What a batch comes to: an outcome for each of its moves, and what has to be written for them to be true. */
export type Decision = {
  outcomes: Outcome[];
  pages: Page[];
  changes: Change[];
  /** Requests whose rows were inserted and must go again: their reservations were refused. */
  refusedIds: string[];
};

/**
 * Decides each move in the order of arrival, as if those before it were committed: who comes first gets what is left of
 * a budget, and what one gives back another can have. A move that fails changes nothing for the others.
 */
export function decide(moves: readonly Move[], stock: Stock, at: Date | null): Decision {
  const books = new Books(stock.accounts);
  const pages: Page[] = [];
  const refusedIds: string[] = [];
  const outcomes = moves.map((move): Outcome => {
    try {
      const { result, page } = pageOf(move, stock, books, at);
      if (page) {
        for (const entry of page.entries) books.enter(entry);
        pages.push(page);
      }
      return { ok: true, result };
    } catch (error) {
      if (move.kind === 'reserve') refusedIds.push(requestIdOf(move));
      return { ok: false, error };
    }
  });
  return { outcomes, pages, changes: books.changes(), refusedIds };
}

function pageOf(move: Move, stock: Stock, books: Books, at: Date | null) {
  switch (move.kind) {
    case 'reserve':
      return reservePage(move.reservation, stock, books, at);
    case 'settle':
      return settlePage(move.settlement, stock, books, at);
    case 'release':
      return releasePage(move, stock, books, at);
  }
}
