/**
 * Loaded into every child before its own code (`node --import`): when the supervisor is gone, the child ends as if it
 * had been told to, and at the latest after eight seconds.
 */
const LAST_MOMENT_MS = 8_000;

process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), LAST_MOMENT_MS).unref();
});
// Listening must not keep a child alive that has nothing else to do.
process.channel?.unref();

// What the child forks in its turn (node-llama-cpp tries its binary in such a process) has its own parent to follow
// and would otherwise be handed this file too, and end early.
const ours = process.execArgv.indexOf('--import');
if (ours !== -1) process.execArgv.splice(ours, 2);

export {};
