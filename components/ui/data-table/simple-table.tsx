import type { Column } from './columns.ts';
import { BodyCell, BodyRow, HeadCell, Heading, TableFrame } from './table-parts.tsx';

type Props<Row> = { caption: string; columns: Column<Row>[]; rows: Row[]; rowKey: (row: Row) => string };

/** The table without its controls, for a few rows inside a panel. Also rendered on the server. */
export function SimpleTable<Row>({ caption, columns, rows, rowKey }: Props<Row>) {
  return (
    <TableFrame
      caption={caption}
      head={columns.map((column) => (
        <HeadCell key={column.key} figures={column.figures}>
          <Heading column={column} />
        </HeadCell>
      ))}
    >
      {rows.map((row) => (
        <BodyRow key={rowKey(row)}>
          {columns.map((column) => (
            <BodyCell key={column.key} column={column}>
              {column.cell(row)}
            </BodyCell>
          ))}
        </BodyRow>
      ))}
    </TableFrame>
  );
}
