import type { ReactNode } from 'react';

type Props = {
  title: ReactNode;
  /** The one question this page answers. */
  question: ReactNode;
  /** The answer, in a number or a sentence, before any picture or table. */
  lead?: ReactNode;
  actions?: ReactNode;
  /** The properties column of a detail page. */
  aside?: ReactNode;
  children: ReactNode;
  /** What stands below both columns: long lists, which on a phone must not keep the properties out of reach. */
  below?: ReactNode;
};

/** The frame every page stands in: title, question, lead, then main column and properties. */
export function PageFrame({ title, question, lead, actions, aside, children, below }: Props) {
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-6 px-4 py-6 sm:px-6 lg:px-8">
      <header className="flex flex-wrap items-start justify-between gap-4">
        <div className="flex min-w-0 flex-col gap-1">
          <h1 className="text-xl">{title}</h1>
          <p className="text-muted">{question}</p>
        </div>
        {actions}
      </header>
      {lead}
      {aside ? (
        <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_320px]">
          <div className="flex min-w-0 flex-col gap-6">{children}</div>
          <div className="flex min-w-0 flex-col gap-6">{aside}</div>
        </div>
      ) : (
        <div className="flex min-w-0 flex-col gap-6">{children}</div>
      )}
      {below}
    </div>
  );
}
