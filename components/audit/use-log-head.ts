'use client';

import { useQuery } from '@tanstack/react-query';
import {
  acknowledgeOrigin,
  forgetHead,
  type KeptHead,
  keepHead,
  recallHead,
  recallOrigin,
} from '#lib/audit-log/browser/kept-head';
import { nameOfKey } from '#lib/audit-log/browser/signed-note';
import { type HeadVerdict, verifyHead } from '#lib/audit-log/browser/verify-head';
import { consoleApi } from '../console-api.ts';

const definitions = () => import('#lib/console-api/audit');
/** Nodes sign a moment after the log does: the head is looked at again while it lacks some, a few times. */
const AGAIN_MS = 3_000;
const MOST_LOOKS = 4;

export type LogHead = {
  checkpoint: string;
  verifierKey: string;
  /** The witnesses' keys as they were given. */
  witnesses: readonly string[];
  verdict: HeadVerdict;
  /** What this browser kept of the last head before it looked at this one. */
  kept: KeptHead | null;
  /** What it had kept before this page was opened: every head since has continued it. */
  before: KeptHead | null;
  /** False where the browser keeps nothing. */
  isKept: boolean;
  /** Another log that this browser knew, until a person acknowledges this one. */
  formerOrigin: string | null;
  /** The head and its proof as they came, for the record of a failure. */
  consistency: readonly string[] | null;
};

/** By origin, since this page was loaded. */
const keptBefore = new Map<string, KeptHead | null>();

export const LOG_HEAD_KEY = ['log-head'] as const;

/**
 * The log's head, fetched and verified in this browser, against the one it kept. `row`: looked at again until the head
 * has come as far, for an entry that was just written.
 */
export function useLogHead(row: string | null = null) {
  return useQuery({
    queryKey: LOG_HEAD_KEY,
    queryFn: ({ signal }) => lookAtHead(signal),
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data && (isBehind(data, row) || (dataUpdateCount < MOST_LOOKS && lacksSignatures(data)))
        ? AGAIN_MS
        : false,
  });
}

function isBehind({ verdict }: LogHead, row: string | null): boolean {
  return verdict.overall === 'holds' && row !== null && BigInt(row) >= BigInt(verdict.head?.size ?? 0);
}

async function lookAtHead(signal: AbortSignal): Promise<LogHead> {
  const head = await consoleApi('/api/console/audit/head', async () => (await definitions()).logHeadSchema, {
    signal,
  });
  const origin = nameOfKey(head.verifierKey);
  const store = storage();
  const kept = store && recallHead(store, origin);
  const last = store && recallOrigin(store);
  if (!keptBefore.has(origin)) keptBefore.set(origin, kept);
  const before = keptBefore.get(origin) ?? null;
  let consistency: readonly string[] | null = null;
  const verdict = await verifyHead(head, kept, async (from, to) => {
    const path = `/api/console/audit/consistency?${new URLSearchParams({ from, to })}`;
    const reply = await consoleApi(path, async () => (await definitions()).LOG_GROWTH.reply, { signal });
    consistency = reply.path;
    return reply.path;
  });
  // What does not hold is never kept: the evidence would go with the head it contradicts.
  const isKept =
    verdict.overall === 'holds' && store !== null ? keep(store, origin, head, verdict) : kept !== null;
  const formerOrigin = last !== null && last !== origin ? last : null;
  return { ...head, verdict, kept, before, isKept, formerOrigin, consistency };
}

type Fetched = { checkpoint: string; verifierKey: string; witnesses: string[] };

function keep(store: Storage, origin: string, head: Fetched, verdict: HeadVerdict): boolean {
  if (!verdict.head) return false;
  const { size, rootHash } = verdict.head;
  return keepHead(store, origin, { ...head, size, rootHash, seenAtMs: Date.now() });
}

/** Begins anew with whatever head the log shows next. */
export function forgetKeptHead(verifierKey: string): void {
  const store = storage();
  const origin = nameOfKey(verifierKey);
  if (store) forgetHead(store, origin);
  keptBefore.delete(origin);
}

/** The log's name is another one than before, and a person knows why. */
export function acknowledgeName(verifierKey: string): void {
  const store = storage();
  if (store) acknowledgeOrigin(store, nameOfKey(verifierKey));
}

function lacksSignatures({ verdict }: LogHead): boolean {
  return verdict.overall === 'holds' && verdict.cosigned.some(({ result }) => result === 'absent');
}

function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
