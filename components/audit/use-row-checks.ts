'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type CheckableRow, checkRows, type RowResult } from './check-rows.ts';
import { LOG_HEAD_KEY, type LogHead } from './use-log-head.ts';

export type Checks = ReadonlyMap<string, RowResult>;
type State = { phase: 'idle' | 'running' | 'done' | 'no_head' | 'failed'; checks: Checks };

/** Verifies rows in this browser, on request, against the head as it is then. */
export function useRowChecks(rows: readonly CheckableRow[]) {
  const client = useQueryClient();
  const [{ phase, checks }, setState] = useState<State>({ phase: 'idle', checks: new Map() });

  async function run(): Promise<void> {
    setState({ phase: 'running', checks: new Map() });
    const end = (phase: State['phase']) => setState((state) => ({ ...state, phase }));
    try {
      await client.refetchQueries({ queryKey: LOG_HEAD_KEY });
      const head = client.getQueryState<LogHead>(LOG_HEAD_KEY);
      // A row is only as good as the head it leads to.
      if (head?.status !== 'success' || head.data?.verdict.overall !== 'holds') return end('no_head');
      await checkRows(rows, head.data, (index, result) =>
        setState((state) => ({ ...state, checks: new Map(state.checks).set(index, result) })),
      );
      end('done');
    } catch {
      end('failed');
    }
  }

  return { phase, checks, run, done: rows.filter(({ index }) => checks.has(index)).length };
}
