import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createLogger } from '#lib/log';
import { loadLlamaEngine } from '../../llama-engine.ts';
import { openServer } from '../../server/open-server.ts';
import { buildLlamaServer } from './build-llama-server.ts';
import { measure } from './measure.ts';
import { DEMO_GGUF, ROOT, SERVER_FILE, type ServerFile, serverFileSchema } from './server-file.ts';
import { startLlamaServer } from './start-llama-server.ts';

const HELP = `npm run engines -- --llama-server
  Builds llama.cpp's server from the sources in node-llama-cpp, starts it with the demo model, runs the contract that
  every engine must keep against it, and measures it.
npm run engines -- --gpu --kind vllm --url http://HOST:8000 --model NAME [--end-token TEXT] [--at-once N]
  The same against a server that runs elsewhere, on a GPU, beside the demo model on this machine's CPU.
`;
const log = (line: string) => process.stdout.write(`${line}\n`);
const { values } = parseArgs({
  options: {
    'llama-server': { type: 'boolean' },
    gpu: { type: 'boolean' },
    kind: { type: 'string' },
    url: { type: 'string' },
    model: { type: 'string' },
    'end-token': { type: 'string' },
    'at-once': { type: 'string', default: '8' },
    help: { type: 'boolean' },
  },
});

/** Contract and speed of one server. */
async function judge(server: ServerFile, atOnce: number): Promise<number> {
  mkdirSync(dirname(SERVER_FILE), { recursive: true });
  writeFileSync(SERVER_FILE, JSON.stringify(server));
  const config = join(ROOT, 'worker/node/engine/testing/real/vitest.config.ts');
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--config', config], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  rmSync(SERVER_FILE);
  const { demo: _, endToken, ...rest } = server;
  const quiet = createLogger('engines');
  quiet.level = 'silent';
  const engine = await openServer(
    { ...rest, shardMs: 250, ...(endToken && { endToken }) },
    join(dirname(SERVER_FILE), 'checks.json'),
    quiet,
  );
  const { exactScores, batchInvariant } = engine.capabilities;
  log(`${server.kind}: exact scores ${exactScores}, batch-invariant ${batchInvariant}`);
  show(server.kind, await measure(engine, atOnce));
  await engine.close();
  const here = await loadLlamaEngine();
  show('embedded, CPU', await measure(here, 1));
  await here.close();
  return status ?? 1;
}

const show = (name: string, { votesPerS, tokensPerS }: Awaited<ReturnType<typeof measure>>) =>
  log(`${name}: ${votesPerS.toFixed(1)} label votes/s, ${tokensPerS.toFixed(0)} tokens/s`);

if (values['llama-server']) {
  const program = buildLlamaServer(ROOT, log);
  const { url, stop } = await startLlamaServer(program, DEMO_GGUF);
  try {
    process.exitCode = await judge({ kind: 'llama-server', url, model: 'demo-medllama', demo: true }, 1);
  } finally {
    stop();
  }
} else if (values.gpu && values.url) {
  const { kind, url, model } = values;
  const server = serverFileSchema.parse({ kind, url, model, endToken: values['end-token'], demo: false });
  process.exitCode = await judge(server, Number(values['at-once']));
} else {
  log(HELP);
  if (!values.help) process.exitCode = 2;
}
