import type { PostgresServer } from '#lib/db/embedded-postgres/start';
import type { Child } from './child.ts';
import type { DataFolder } from './data-folder.ts';
import { OperatorError } from './operator-error.ts';
import { unexpectedEnd } from './wait-for.ts';

export type Running = ReturnType<typeof trackRunning>;

/** Keeps account of what has been started, so that it can be stopped in order from any point of the start. */
export function trackRunning() {
  const children: Child[] = [];
  let postgres: Promise<PostgresServer> | undefined;
  let folder: DataFolder | undefined;
  let isStopping = false;
  const failure = Promise.withResolvers<never>();
  // The start may end in another way first; then nobody looks at this one.
  failure.promise.catch(() => {});

  return {
    /** Rejected with an OperatorError when something ends that nobody stopped. */
    failure: failure.promise,
    isStopping: () => isStopping,
    addFolder(opened: DataFolder) {
      folder = opened;
    },
    addPostgres(starting: Promise<PostgresServer>, logFile: string) {
      postgres = starting;
      const report = () => {
        if (!isStopping) failure.reject(new OperatorError(`Postgres stopped unexpectedly. Log: ${logFile}`));
      };
      starting.then((server) => server.ended.then(report)).catch(() => {});
    },
    addChild(child: Child) {
      children.push(child);
      if (isStopping) child.kill();
      child.ended.then(async () => {
        if (!isStopping) failure.reject(await unexpectedEnd(child));
      });
    },
    /** Stops console and router first (the router finishes what it has debited), then the nodes, Postgres last. */
    async stop() {
      isStopping = true;
      const nodes = children.filter(({ name }) => name.startsWith('node '));
      await Promise.all(children.filter((child) => !nodes.includes(child)).map((child) => child.stop()));
      await Promise.all(nodes.map((child) => child.stop()));
      await postgres?.then((server) => server.stop()).catch(() => {});
      folder?.release();
    },
    /** Kills the children at once; Postgres still shuts down fast, for the data's sake. */
    kill() {
      for (const child of children) child.kill();
    },
  };
}
