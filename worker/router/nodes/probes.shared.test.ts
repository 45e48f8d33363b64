import { expect, it } from 'vitest';
import { federation } from '../../testing/one-federation.ts';

const statuses = () =>
  federation.database.prisma.nodeStatus.findMany({ include: { node: { select: { name: true } } } });

it('every connected node is probed and its answer is on record; one that stops is shown as gone', async () => {
  // What others have asked of them before is through, and the next probe says so.
  const idle = async () =>
    (await statuses()).filter((row) => row.connectedSince && row.probeMs !== null && row.queued === 0);
  await expect.poll(idle).toHaveLength(federation.nodes.size);
  for (const row of await statuses()) {
    expect(row.replica).toBe('router-0');
    expect(row.probeMs).toBeGreaterThan(0);
    expect(row.build).not.toBe('');
  }

  const [name, node] = [...federation.nodes][0]!;
  await node.stop();
  const gone = async () => (await statuses()).filter((row) => row.connectedSince === null);
  await expect.poll(async () => (await gone()).map((row) => row.node.name)).toEqual([name]);
});

it('a router that stops says that nobody is connected to it and leaves the minute it was in', async () => {
  await federation.router.stop();
  expect((await statuses()).filter((row) => row.connectedSince !== null)).toEqual([]);
  const minutes = await federation.database.prisma.nodeProbe.findMany();
  expect(new Set(minutes.map((row) => row.nodeId)).size).toBe(federation.nodes.size);
  for (const row of minutes.filter(({ probes, lost }) => probes > lost)) {
    expect(row.medianMs).toBeGreaterThan(0);
    expect(row.slowestMs).toBeGreaterThanOrEqual(row.medianMs!);
  }
});
