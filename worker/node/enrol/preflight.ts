import { randomBytes, randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { join } from 'node:path';
import { createLogger } from '#lib/log';
import { PREFLIGHT_PATH } from '#lib/nodes/onboarding/enrol-schemas';
import type { PreflightLine } from '#lib/nodes/onboarding/preflight';
import { sumVectors } from '#lib/secure-aggregation/map-into-range';
import { addPairMasks } from '#lib/secure-aggregation/masks';
import { tlsGroupOf } from '../channel/dial.ts';
import { readTls } from '../channel/tls-files.ts';
import { type NodeConfig, sourceOf } from '../config.ts';
import { preflightModel } from '../engine/preflight-model.ts';
import { callRouter } from './call-router.ts';
import { fetchAuthority } from './fetch-authority.ts';
import { findRecords } from './find-records.ts';
import { openUnverified } from './open-tunnel.ts';

/** As rounds ask for it: further apart, and every one fails. */
const MAX_SKEW_MS = 3_000;
/** The router's date is in whole seconds. */
const DATE_STEP_MS = 1_000;

type Check = { check: PreflightLine['check']; remedy: string; run: () => Promise<string> };

/** Looks at everything that a node needs, one line each, and reports them to the router where it can be reached. */
export async function preflight(config: NodeConfig): Promise<{ lines: PreflightLine[]; reported: boolean }> {
  const lines: PreflightLine[] = [];
  const quiet = createLogger('preflight');
  quiet.level = 'silent';
  for (const { check, remedy, run } of checksOf(config)) {
    try {
      lines.push({ check, outcome: 'passed', found: (await run()).slice(0, 300), remedy: null });
    } catch (error) {
      const found = (error instanceof Error ? error.message : String(error)).slice(0, 300);
      lines.push({ check, outcome: 'failed', found, remedy });
    }
  }
  lines.push(await preflightModel(config.engine, join(config.dataDir, 'engine-checks.json'), quiet));
  return { lines, reported: await report(config, lines) };
}

function checksOf(config: NodeConfig): Check[] {
  const url = new URL(config.routerUrl);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return [
    {
      check: 'dns',
      remedy: `Have ${host} resolved on this machine: ask whoever runs your DNS, or add it to the hosts file.`,
      run: async () => `${host} is ${(await lookup(host)).address}`,
    },
    {
      check: 'tls',
      remedy: `Let this machine open TCP to ${url.host}, straight or through HTTPS_PROXY, and keep TLS whole on the way.`,
      run: async () => {
        const tls = await openUnverified(url);
        const found = `${tls.getProtocol()}, ${tlsGroupOf(tls) ?? 'key agreement not known'}`;
        tls.destroy();
        return found;
      },
    },
    {
      check: 'authority',
      remedy:
        'Compare the fingerprint with whoever invited you. A proxy that opens TLS must let this connection pass.',
      run: async () => {
        await fetchAuthority(url, config.caFingerprint);
        return 'The router is vouched for by the pinned authority.';
      },
    },
    {
      check: 'clock',
      remedy: 'Set this machine by NTP.',
      run: () => compareClocks(config),
    },
    {
      check: 'records',
      remedy:
        'Put a FHIR R4 bulk export (NDJSON) into recordsDir, readable by the account that runs the node; or let it reach the FHIR server of `fhir`.',
      run: () => findRecords(sourceOf(config)),
    },
    {
      check: 'aggregate',
      remedy: 'This is a fault of the installation: install the node anew.',
      run: async () => dryAggregate(),
    },
  ];
}

async function compareClocks(config: NodeConfig): Promise<string> {
  const asked = Date.now();
  // A report of nothing is not kept: what counts is the date of the answer.
  const answer = await callRouter(new URL(PREFLIGHT_PATH, config.routerUrl), { lines: [] }, readTls(config));
  if (answer.dateMs === null) throw new Error('The router does not say its time.');
  const skewMs = Math.max(
    0,
    Math.abs(answer.dateMs + DATE_STEP_MS / 2 - (asked + Date.now()) / 2) - DATE_STEP_MS,
  );
  if (skewMs > MAX_SKEW_MS) throw new Error(`The clocks differ by about ${Math.round(skewMs / 1000)} s.`);
  return 'The clocks agree.';
}

/** Three made-up members add up zeros under masks, as a round does: what comes out must be zeros. */
function dryAggregate(): string {
  const cohort = [randomUUID(), randomUUID(), randomUUID()].sort();
  const keys = new Map<string, Buffer>();
  const keyOf = (a: string, b: string) => {
    const pair = [a, b].sort().join(' ');
    if (!keys.has(pair)) keys.set(pair, randomBytes(32));
    return keys.get(pair)!;
  };
  const masked = cohort.map((id) => {
    const vector = new Uint32Array(16);
    addPairMasks(vector, id, cohort, (peer) => keyOf(id, peer));
    return vector;
  });
  if (masked.some((vector) => vector.every((value) => value === 0))) throw new Error('A mask hides nothing.');
  if (sumVectors(masked, 16).some((value) => value !== 0)) throw new Error('The masks do not cancel.');
  return 'Masked zeros of three members sum to zero.';
}

async function report(config: NodeConfig, lines: PreflightLine[]): Promise<boolean> {
  try {
    await callRouter(new URL(PREFLIGHT_PATH, config.routerUrl), { lines }, readTls(config));
    return true;
  } catch {
    return false;
  }
}
