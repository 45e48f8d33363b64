import { useTranslations } from 'next-intl';
import type { ApiDocument } from '#lib/openapi/read-document';
import { snippetsFor } from '#lib/openapi/snippets';
import { Panel } from '../ui/panel.tsx';
import { Operation } from './operation.tsx';

type Props = {
  document: ApiDocument;
  title: string;
  hint: string;
  /** Where the document itself is. */
  href: string;
  /** For APIs that are called from outside: with code to do so. */
  snippets?: boolean;
};

/** An OpenAPI document to read. */
export function DocumentView({ document, title, hint, href, snippets = false }: Props) {
  const t = useTranslations('apiDocs');
  const url = document.servers?.[0]?.url ?? '';
  return (
    <Panel
      flush
      title={title}
      actions={
        <a href={href} className="text-sm underline underline-offset-4">
          {t('document')}
        </a>
      }
    >
      <div className="flex flex-col gap-1 border-b px-4 py-3 text-sm">
        <p>{hint}</p>
        <p className="text-muted text-xs">{t('version', { version: document.info.version, url })}</p>
      </div>
      {Object.entries(document.paths).flatMap(([path, item]) =>
        Object.entries(item).map(([method, operation]) => (
          <Operation
            key={operation.operationId}
            document={document}
            method={method}
            path={path}
            operation={operation}
            snippets={snippets ? snippetsFor({ base: url, path, method, operation }) : []}
          />
        )),
      )}
    </Panel>
  );
}
