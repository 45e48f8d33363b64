'use client';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type CheckableRow, checkRows, type RowResult } from './check-rows.ts';
import { LOG_HEAD_KEY, type LogHead } from './use-log-head.ts';

export type Checks = ReadonlyMap<string, RowResult>;
type State = { phase: 'idle' | 'running' | 'done' | 'no_head' | 'failed'; checks: Checks };

/** Witnesses are waited for some seconds before the log shows a head: rows just logged are in the next one. */
const LOOK_AGAIN_MS = 2_000;
const MOST_LOOKS = 4;

/** A head that holds and, if it comes to that in time, has all of the rows. A row is only as good as its head. */
async function headFor(client: QueryClient, rows: readonly CheckableRow[]): Promise<LogHead | null> {
  const newest = rows.reduce((most, { index }) => (BigInt(index) > most ? BigInt(index) : most), -1n);
  for (let look = 1; ; look++) {
    await client.refetchQueries({ queryKey: LOG_HEAD_KEY });
    const state = client.getQueryState<LogHead>(LOG_HEAD_KEY);
    const head = state?.status === 'success' ? state.data : undefined;
    if (head?.verdict.overall !== 'holds') return null;
    if (newest < BigInt(head.verdict.head?.size ?? 0) || look === MOST_LOOKS) return head;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

/** Verifies rows in this browser, on request, against the head as it is then. */
export function useRowChecks(rows: readonly CheckableRow[]) {
  const client = useQueryClient();
  const [{ phase, checks }, setState] = useState<State>({ phase: 'idle', checks: new Map() });

  async function run(): Promise<void> {
    setState({ phase: 'running', checks: new Map() });
    const end = (phase: State['phase']) => setState((state) => ({ ...state, phase }));
    try {
      const head = await headFor(client, rows);
      if (!head) return end('no_head');
      await checkRows(rows, head, (index, result) =>
        setState((state) => ({ ...state, checks: new Map(state.checks).set(index, result) })),
      );
      end('done');
    } catch {
      end('failed');
    }
  }

  return { phase, checks, run, done: rows.filter(({ index }) => checks.has(index)).length };
}
