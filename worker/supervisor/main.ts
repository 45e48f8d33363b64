import { HELP, parseArguments, type SupervisorOptions } from './arguments.ts';
import { interruption, outliveReaders } from './interruption.ts';
import { OperatorError } from './operator-error.ts';
import { trackRunning } from './running.ts';
import { start } from './start.ts';
import { summaryText } from './summary.ts';

const log = (line: string) => process.stderr.write(`${line}\n`);

outliveReaders();

async function supervise(options: SupervisorOptions): Promise<number> {
  const running = trackRunning();
  const interrupted = interruption(running.kill);
  try {
    const ready = await Promise.race([start(options, running, log), running.failure, interrupted]);
    if (ready !== 'interrupted') {
      process.stdout.write(options.json ? `${JSON.stringify(ready)}\n` : summaryText(ready));
      await Promise.race([running.failure, interrupted]);
    }
    log('Stopping');
    await running.stop();
    log('Stopped');
    return 0;
  } catch (error) {
    log(error instanceof Error ? error.message : String(error));
    await running.stop();
    return error instanceof OperatorError ? error.exitCode : 1;
  }
}

async function main(): Promise<number> {
  try {
    const options = parseArguments(process.argv.slice(2));
    if (options) return await supervise(options);
    process.stdout.write(`${HELP}\n`);
    return 0;
  } catch (error) {
    log(error instanceof Error ? error.message : String(error));
    return error instanceof OperatorError ? error.exitCode : 1;
  }
}

process.exit(await main());
