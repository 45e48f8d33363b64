import { useTranslations } from 'next-intl';
import type { Limit, SchemaNode } from '#lib/openapi/schema-node';

/** A schema's members, each with its type, its limits and what it means, and theirs below them. */
export function SchemaTree({ node }: { node: SchemaNode }) {
  const words = useLimitWords();
  return (
    <div className="min-w-0 rounded-md border p-3 text-sm">
      {node.children.length === 0 ? (
        <Line node={node} />
      ) : (
        <>
          <p className="font-mono text-muted text-xs">{[node.type, ...node.limits.map(words)].join(', ')}</p>
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

/** `place` says where a parameter is sent. */
export function Line({ node, place }: { node: SchemaNode; place?: string | undefined }) {
  const t = useTranslations('apiDocs');
  const words = useLimitWords();
  const notes = [...(place ? [place] : []), ...node.limits.map(words)];
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <p className="flex flex-wrap items-baseline gap-x-2">
        {node.name === null ? null : <code className="font-medium font-mono text-xs">{node.name}</code>}
        <code className="min-w-0 break-words font-mono text-muted text-xs">{node.type}</code>
        {node.name !== null && node.required ? <span className="text-xs">{t('required')}</span> : null}
        {notes.length > 0 ? (
          <span className="min-w-0 break-words text-muted text-xs">{notes.join(', ')}</span>
        ) : null}
      </p>
      {node.description ? <p className="text-muted text-xs">{node.description}</p> : null}
    </div>
  );
}

function useLimitWords(): (limit: Limit) => string {
  const t = useTranslations('apiDocs.limits');
  return ({ kind, value }) => {
    if (kind === 'closed') return t('closed');
    return kind === 'pattern' ? t('pattern', { value: String(value) }) : t(kind, { value: Number(value) });
  };
}
