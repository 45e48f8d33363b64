import { type FilterValues, paramName, paramsOf, type TableShape } from './table-shape.ts';

/** What somebody wants to see of a table: its address, checked. */
export type TableQuery<Sort extends string = string, Filters extends FilterValues = FilterValues> = {
  sort: { key: Sort; descending: boolean };
  /** Trimmed; empty where nothing is searched. */
  search: string;
  /** Chosen values of each filter; empty where all are wanted. */
  filters: { [Key in keyof Filters]: (Filters[Key] extends readonly (infer Value)[] ? Value : string)[] };
  /** The cursor of the page before; null on the first page. */
  after: string | null;
  size: number;
  /** Columns that are not shown; null for those that the table leaves out by itself. */
  hidden: string[] | null;
  /** The row that is open in the peek panel. */
  peek: string | null;
};

export type Params = Record<string, string | string[] | null | undefined>;

const MAX_TEXT = 200;
/** Nobody types them, and Postgres takes no text with a NUL in it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const CONTROLS = /[\u0000-\u001f]/g;
/** Says that all columns are wanted, which an empty parameter could not. */
const NOTHING_HIDDEN = '-';

/** Reads the table's part of an address. What is no longer or never was valid counts as not said: links stay good. */
export function parseTableQuery<Sort extends string, Filters extends FilterValues>(
  shape: TableShape<Sort, Filters>,
  params: Params,
): TableQuery<Sort, Filters> {
  const read = (name: string): string => {
    const value = params[paramName(shape, name)];
    return ((Array.isArray(value) ? value[0] : value) ?? '').slice(0, MAX_TEXT * 10).replace(CONTROLS, '');
  };
  const filters = Object.entries(shape.filters).map(([name, allowed]) => {
    const values = [...new Set(split(read(name)))];
    return [name, allowed ? values.filter((value) => allowed.includes(value)) : values];
  });
  return {
    sort: toSort(shape, read('sort')),
    search: read('q').trim().slice(0, MAX_TEXT),
    filters: Object.fromEntries(filters),
    after: read('after') || null,
    size: shape.sizes.find((size) => String(size) === read('size')) ?? shape.sizes[0],
    hidden: read('hidden') === NOTHING_HIDDEN ? [] : read('hidden') ? split(read('hidden')) : null,
    peek: read('peek').slice(0, MAX_TEXT) || null,
  };
}

/** The query as parameters, null where the address need not say it. */
export function toParams(shape: TableShape, query: TableQuery): Record<string, string | null> {
  const { sort, search, filters, after, size, hidden, peek } = query;
  const text = `${sort.descending ? '-' : ''}${sort.key}`;
  const own: Record<string, string | null> = {
    sort: text === shape.defaultSort ? null : text,
    q: search || null,
    after,
    size: size === shape.sizes[0] ? null : String(size),
    hidden: hidden && (hidden.length > 0 ? join(hidden) : NOTHING_HIDDEN),
    peek,
    ...Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, join(values) || null])),
  };
  return Object.fromEntries(paramsOf(shape).map((name) => [paramName(shape, name), own[name] ?? null]));
}

/** The filters, search and order as a query string: what an export of all pages is asked with. */
export function exportSearch(shape: TableShape, query: TableQuery): string {
  const rest = { after: null, size: shape.sizes[0], hidden: null, peek: null };
  const params = Object.entries(toParams(shape, { ...query, ...rest })).filter(([, value]) => value !== null);
  return new URLSearchParams(params as [string, string][]).toString();
}

/** Whether rows may be missing because of what is searched or filtered. */
export function isNarrowed(query: TableQuery): boolean {
  return query.search !== '' || Object.values(query.filters).some((values) => values.length > 0);
}

function toSort<Sort extends string>(
  shape: TableShape<Sort>,
  text: string,
): { key: Sort; descending: boolean } {
  const find = (sort: string) => shape.sorts.find((key) => key === sort.replace(/^-/, ''));
  const known = find(text) ? text : shape.defaultSort;
  return { key: find(known)!, descending: known.startsWith('-') };
}

// Commas part the values, so one inside a value is written as %2C (and then percent as %25).
const split = (text: string): string[] =>
  text
    .split(',')
    .filter(Boolean)
    .map((part) => part.replaceAll('%2C', ',').replaceAll('%25', '%').slice(0, MAX_TEXT));

const join = (values: readonly string[]): string =>
  values.map((value) => value.replaceAll('%', '%25').replaceAll(',', '%2C')).join(',');
