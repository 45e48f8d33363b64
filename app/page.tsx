import { redirect } from 'next/navigation';
import { pagesFor } from '#lib/identity/console-pages';
import { requireActor } from './_server/actor.ts';

/** Everybody starts on the first page that holds something for them. */
export default async function Home() {
  const first = pagesFor(await requireActor())[0];
  redirect(first ? `/${first}` : '/no-access');
}
