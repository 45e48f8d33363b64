import { redirect } from 'next/navigation';
import { requireActor } from './_server/actor.ts';
import { allowedPages } from './_server/allowed-pages.ts';

/** Everybody starts on the first page that holds something for them. */
export default async function Home() {
  const first = allowedPages(await requireActor())[0];
  redirect(first ? `/${first}` : '/no-access');
}
