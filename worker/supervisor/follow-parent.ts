/**
 * Loaded into every child before its own code (`node --import`): when the supervisor is gone, the child ends as if it
 * had been told to, and at the latest after the `graceMs` of this module's URL.
 */
const graceMs = Number(new URL(import.meta.url).searchParams.get('graceMs'));

process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), graceMs).unref();
});
// Listening must not keep a child alive that has nothing else to do.
process.channel?.unref();

// What the child forks in its turn (node-llama-cpp tries its binary in such a process) has its own parent to follow
// and would otherwise be handed this file too, and end early.
const ours = process.execArgv.indexOf('--import');
if (ours !== -1) process.execArgv.splice(ours, 2);

export {};
