'use client';

import lastResort from '../lib/i18n/messages/last-resort.json';

/**
 * The last resort, when even the layout failed: no styles, no provider, and English for that reason.
 * Every page carries its words, so they stand in a file of their own and not among all the others.
 */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  const { title, heading, text } = lastResort;
  return (
    <html lang="en">
      <body>
        <title>{title}</title>
        <main>
          <h1>{heading}</h1>
          <p>{text}</p>
          {error.digest ? <code>{error.digest}</code> : null}
        </main>
      </body>
    </html>
  );
}
