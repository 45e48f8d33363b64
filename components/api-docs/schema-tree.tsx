import { useTranslations } from 'next-intl';
import type { SchemaNode } from '#lib/openapi/schema-node';

/** A schema's members, each with its type, its limits and what it means, and theirs below them. */
export function SchemaTree({ node }: { node: SchemaNode }) {
  return (
    <div className="min-w-0 rounded-md border p-3 text-sm">
      {node.children.length === 0 ? (
        <Line node={node} />
      ) : (
        <>
          <p className="font-mono text-muted text-xs">{[node.type, ...node.limits].join(', ')}</p>
          <Members of={node} />
        </>
      )}
    </div>
  );
}

function Members({ of }: { of: SchemaNode }) {
  return (
    <ul className="mt-2 flex flex-col gap-2 border-l pl-3">
      {of.children.map((child, index) => (
        <li key={child.name ?? index} className="min-w-0">
          <Line node={child} />
          {child.children.length > 0 ? <Members of={child} /> : null}
        </li>
      ))}
    </ul>
  );
}

export function Line({ node }: { node: SchemaNode }) {
  const t = useTranslations('apiDocs');
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <p className="flex flex-wrap items-baseline gap-x-2">
        {node.name === null ? null : <code className="font-medium font-mono text-xs">{node.name}</code>}
        <code className="min-w-0 break-words font-mono text-muted text-xs">{node.type}</code>
        {node.name !== null && node.required ? <span className="text-xs">{t('required')}</span> : null}
        {node.limits.length > 0 ? (
          <span className="min-w-0 break-all text-muted text-xs">{node.limits.join(', ')}</span>
        ) : null}
      </p>
      {node.description ? <p className="text-muted text-xs">{node.description}</p> : null}
    </div>
  );
}
