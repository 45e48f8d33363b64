import type { ReactNode } from 'react';
import type { CsvValue } from '#lib/tables/csv';
import type { TermName } from '../term.tsx';

export type FilterOption = { value: string; label: string };

/** A choice of values under which rows are shown. Its key is one of the shape's filters. */
export type TableFilter = {
  key: string;
  label: string;
  options: readonly FilterOption[];
  /** One value at a time; else any number of them. */
  single?: boolean;
};

export type Column<Row> = {
  /** Its name in the address, and in the shape's `sorts` and `filters` where it has those. */
  key: string;
  heading: string;
  /** The term of art that the heading is; its definition stands beside it. */
  term?: TermName;
  cell: (row: Row) => ReactNode;
  /** Figures stand under each other. */
  figures?: boolean;
  /** The one that names the row: a card's title on a phone, and the link to the row's page or panel. */
  title?: boolean;
  /** May be left out of view; every column but the title, unless it says no. */
  hideable?: boolean;
  /** Out of view until somebody chooses it. */
  hidden?: boolean;
  /** Left out between a phone's card and a wide screen, where it would push others out of view, until columns are chosen. */
  roomy?: boolean;
  /** What the row is sorted, searched and exported by where all rows are in the browser. */
  value?: (row: Row) => string | number | bigint | Date | null;
  filter?: Omit<TableFilter, 'key' | 'label'> & {
    /** The row's values under the filter, where all rows are in the browser and `value` is not it. */
    of?: (row: Row) => string | readonly string[];
  };
  /** The cell of an export written in the browser, where it is not `value`. */
  csv?: (row: Row) => CsvValue;
};
