import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line written for one HTTP request carries. `reference` is the request's id, as people quote it. */
export type RequestContext = { reference: string };

const storage = new AsyncLocalStorage<RequestContext>();

export const REQUEST_ID_HEADER = 'x-request-id';

/** Runs `work`, and all it starts, as part of a request. */
export function withRequest<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}
