import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { generateHospitalRecords } from '../../prisma/seed/records/index.ts';
import { demo } from './demo.ts';

const PATIENTS = 200;

/** What a command of the hospital's has said so far, with the moment at which each line came. */
export type Said = { atMs: number; line: string }[];

/** The machine of a hospital's node: a folder with made-up records, on which the fdlr command is typed. */
export type Hospital = {
  folder: string;
  config: string;
  /** Types a command and waits until it has ended well. */
  type(...args: string[]): Promise<string>;
  /** Types a command that goes on, and hands back what it says. */
  begin(...args: string[]): Said;
  /** Ends what still runs and removes the folder. */
  close(): Promise<void>;
};

export async function newHospital(): Promise<Hospital> {
  const folder = mkdtempSync(join(tmpdir(), 'fdlr-hospital-'));
  const recordsDir = join(folder, 'records');
  await generateHospitalRecords({
    seed: 'onboarding',
    hospitalKey: 'harbour',
    patients: PATIENTS,
    folder: recordsDir,
  });
  const running: ChildProcess[] = [];
  return {
    folder,
    config: join(folder, 'node/node.json'),
    type: (...args) => typed(folder, args),
    begin: (...args) => {
      const child = fdlr(folder, args);
      running.push(child);
      return linesOf(child);
    },
    close: async () => {
      await Promise.all(running.map(ended));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The configuration of a node that the demo runs. */
export const demoConfig = (key: string) => join(dirname(demo().loginsFile), 'hospitals', key, 'node.json');

export async function typed(folder: string, args: string[]): Promise<string> {
  const child = fdlr(folder, args);
  const said = linesOf(child);
  const [code] = await once(child, 'close');
  const text = said.map(({ line }) => line).join('\n');
  if (code !== 0) throw new Error(`fdlr ${args.slice(0, 3).join(' ')} ended with ${code}: ${text}`);
  return text;
}

function fdlr(folder: string, args: string[]) {
  return spawn(process.execPath, [join(process.cwd(), 'worker/cli/main.ts'), ...args], {
    cwd: process.cwd(),
    env: { ...process.env, INIT_CWD: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function linesOf(child: ReturnType<typeof fdlr>): Said {
  const said: Said = [];
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (part: string) => {
      const lines = (rest + part).split('\n');
      rest = lines.pop()!;
      said.push(...lines.map((line) => ({ atMs: Date.now(), line })));
    });
  }
  return said;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}
