'use client';

import { pageError } from '../lib/i18n/messages/en.json';

/** The last resort, when even the layout failed: no styles, no provider, and English for that reason. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  const { title, heading, text } = pageError;
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
