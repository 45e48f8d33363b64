/** The values a filter takes; null where they are not known beforehand (ids, names): any text then. */
export type FilterValues = Record<string, readonly string[] | null>;

/**
 * What of a table its address may say. It is plain data that stands beside the list's verb: the page parses its address
 * with it (`parseTableQuery`), the export route the same, and the component writes the address by it.
 */
export type TableShape<Sort extends string = string, Filters extends FilterValues = FilterValues> = {
  /** Stands before the names of its parameters where a page has two tables. */
  prefix?: string;
  /** The columns whose order the list can take. */
  sorts: readonly Sort[];
  /** A column, with a minus before it for descending. */
  defaultSort: Sort | `-${Sort}`;
  filters: Filters;
  /** Rows of a page; the first is what is used until somebody chooses. */
  sizes: readonly [number, ...number[]];
};

const PARAMS = ['sort', 'q', 'after', 'size', 'hidden', 'peek'] as const;
/** The time range of the page has these. */
const TAKEN: readonly string[] = [...PARAMS, 'range', 'from', 'to'];

type Given<Sort extends string, Filters extends FilterValues> = Pick<
  TableShape<Sort, Filters>,
  'sorts' | 'defaultSort'
> &
  Partial<TableShape<Sort, Filters>>;

/** Describes a table once, for its page, its export and its component. */
export function tableShape<
  const Sort extends string,
  const Filters extends FilterValues = Record<never, null>,
>(given: Given<Sort, Filters>): TableShape<Sort, Filters> {
  const shape = { filters: {} as Filters, sizes: [25, 50, 100] as const, ...given };
  const taken = Object.keys(shape.filters).find((name) => TAKEN.includes(name));
  if (taken)
    throw new Error(`a filter cannot be called ${taken}: the address has that name for something else`);
  return shape;
}

/** A parameter's name in the address. */
export function paramName(shape: TableShape, name: string): string {
  return shape.prefix ? `${shape.prefix}-${name}` : name;
}

/** Every parameter of the table, as it is called inside it. */
export function paramsOf(shape: TableShape): string[] {
  return [...PARAMS, ...Object.keys(shape.filters)];
}
