import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { ApiContent, ApiDocument, ApiOperation } from '#lib/openapi/read-document';
import { schemaTree } from '#lib/openapi/schema-node';
import type { Snippet } from '#lib/openapi/snippets';
import { CodeBlock } from './code-block.tsx';
import { Line, SchemaTree } from './schema-tree.tsx';

type Props = {
  document: ApiDocument;
  method: string;
  path: string;
  operation: ApiOperation;
  snippets: Snippet[];
};

const PLACES = ['path', 'query', 'header', 'cookie'] as const;

/** One operation: a line that opens to all there is to know. */
export function Operation({ document, method, path, operation, snippets }: Props) {
  const t = useTranslations('apiDocs');
  const components = document.components?.schemas ?? {};
  const tree = (schema: Record<string, unknown> | undefined) => schemaTree(schema ?? {}, components);
  const parameters = operation.parameters ?? [];
  return (
    <details id={operation.operationId} className="group border-b last:border-b-0">
      <summary className="flex min-h-11 cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 hover:bg-sunken [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-muted group-open:rotate-90" />
        <code className="w-12 shrink-0 font-medium font-mono text-xs">{method.toUpperCase()}</code>
        <code className="min-w-0 break-all font-mono text-xs">{path}</code>
        <span className="text-muted text-sm">{operation.summary}</span>
      </summary>
      <div className="flex min-w-0 flex-col gap-4 px-4 pt-1 pb-4 sm:pl-11">
        {operation.description ? <p className="max-w-prose text-sm">{operation.description}</p> : null}
        {operation.security?.length === 0 ? <p className="text-muted text-sm">{t('open')}</p> : null}
        {parameters.length > 0 ? (
          <Section title={t('parameters')}>
            <ul className="flex flex-col gap-2 rounded-md border p-3">
              {parameters.map((parameter) => {
                const place = PLACES.find((known) => known === parameter.in);
                const node = tree(parameter.schema);
                return (
                  <li key={`${parameter.in} ${parameter.name}`}>
                    <Line
                      node={{
                        ...node,
                        name: parameter.name,
                        required: parameter.required === true,
                        description: parameter.description ?? node.description,
                        limits: [...(place ? [t(`in.${place}`)] : []), ...node.limits],
                      }}
                    />
                  </li>
                );
              })}
            </ul>
          </Section>
        ) : null}
        {operation.requestBody ? (
          <Section title={t('body')}>
            <Content content={operation.requestBody.content} tree={tree} />
          </Section>
        ) : null}
        <Section title={t('replies')}>
          {Object.entries(operation.responses).map(([status, { description, content }]) => (
            <div key={status} className="flex min-w-0 flex-col gap-1">
              <p className="text-sm">
                {t('reply', { status: status === 'default' ? t('anyOther') : status, description })}
              </p>
              {content ? <Content content={content} tree={tree} /> : null}
            </div>
          ))}
        </Section>
        {snippets.length > 0 ? (
          <Section title={t('examples')}>
            {snippets.map(({ kind, code }) => (
              <CodeBlock key={kind} title={t(`snippet.${kind}`)} code={code} />
            ))}
          </Section>
        ) : null}
      </div>
    </details>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h3 className="font-medium text-sm">{title}</h3>
      {children}
    </section>
  );
}

type ContentProps = {
  content: ApiContent;
  tree: (schema: Record<string, unknown> | undefined) => ReturnType<typeof schemaTree>;
};

function Content({ content, tree }: ContentProps) {
  return Object.entries(content).map(([type, { schema }]) => (
    <div key={type} className="flex min-w-0 flex-col gap-1">
      <code className="font-mono text-muted text-xs">{type}</code>
      <SchemaTree node={tree(schema)} />
    </div>
  ));
}
