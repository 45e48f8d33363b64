// biome-ignore-all lint/a11y/noRedundantRoles: browsers drop a table's roles where its display is changed
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '../cn.ts';
import { Term } from '../term.tsx';
import type { Column } from './columns.ts';

/** The markup that every table shares: rows where there is room, cards where the screen is narrow. */
export function TableFrame({
  caption,
  head,
  children,
}: {
  caption: string;
  head: ReactNode;
  children: ReactNode;
}) {
  return (
    <table role="table" className="block w-full text-sm md:table">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className="hidden md:table-header-group">
        <tr role="row" className="border-b text-left text-muted text-xs">
          {head}
        </tr>
      </thead>
      <tbody role="rowgroup" className="block md:table-row-group">
        {children}
      </tbody>
    </table>
  );
}

type HeadProps = { figures?: boolean | undefined; roomy?: boolean | undefined } & Pick<
  ComponentProps<'th'>,
  'aria-sort' | 'children'
>;

/** Tighter where a table has little room. */
const SIDES = 'md:px-3 md:first:pl-4 md:last:pr-4 xl:px-4';
const ROOMY = 'md:max-xl:hidden';

export function HeadCell({ figures, roomy, children, ...rest }: HeadProps) {
  return (
    <th
      role="columnheader"
      scope="col"
      className={cn('py-2 font-medium whitespace-nowrap', SIDES, figures && 'text-right', roomy && ROOMY)}
      {...rest}
    >
      {children}
    </th>
  );
}

/** A heading and, where it is a term of art, its definition. */
export function Heading({ column }: { column: Pick<Column<never>, 'heading' | 'term'> }) {
  return column.term ? <Term name={column.term}>{column.heading}</Term> : column.heading;
}

export function BodyRow({ className, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr
      role="row"
      className={cn(
        'block border-b px-4 py-3 last:border-b-0 hover:bg-sunken md:table-row md:p-0',
        className,
      )}
      {...rest}
    />
  );
}

/** A cell; on a phone a line of the card, with its heading before it. */
export function BodyCell<Row>({ column, children }: { column: Column<Row>; children: ReactNode }) {
  return (
    <td
      role="cell"
      className={cn(
        'flex items-baseline justify-between gap-4 py-0.5 md:table-cell md:py-2.5 md:align-middle',
        SIDES,
        column.figures && 'figures md:text-right',
        column.roomy && ROOMY,
        column.title && 'font-medium',
      )}
    >
      <span className={cn('shrink-0 font-normal text-muted text-xs md:hidden', column.title && 'hidden')}>
        {column.heading}
      </span>
      {children}
    </td>
  );
}

/** How a link inside a row looks. */
export const rowLinkStyles =
  'rounded-sm text-left underline decoration-line-strong underline-offset-4 hover:decoration-ink';
