import { expect, it } from 'vitest';
import { createLogger } from './log.ts';
import { withRequest } from './request-context.ts';

function logger() {
  const lines: string[] = [];
  return { lines, log: createLogger('test', { write: (line) => void lines.push(line) }) };
}

const SECRET = 'hunter2-s3cret';

it('no secret comes out, wherever it was put', () => {
  const { lines, log } = logger();
  const secrets = {
    authorization: SECRET,
    cookie: SECRET,
    password: SECRET,
    token: SECRET,
    idToken: SECRET,
    apiKey: SECRET,
    prompt: SECRET,
    messages: [{ role: 'user', content: SECRET }],
  };
  log.info(secrets, 'at the top');
  log.info({ request: { headers: secrets } }, 'two down');
  log.info({ list: [{ deep: { request: { headers: secrets } } }] }, 'far down');
  log.info({ header: `Bearer ${SECRET}` }, 'in a text');
  log.info(`postgres://fdlr:${SECRET}@127.0.0.1/fdlr`);
  log.info({ url: `postgresql://fdlr:${SECRET}@127.0.0.1/fdlr` });
  log.error({ err: Object.assign(new Error(`Bearer ${SECRET}`), { config: secrets }) }, 'in an error');
  log.error({ err: new Error('outer', { cause: new Error(`Bearer ${SECRET}`) }) }, 'in a cause');
  log.error(Object.assign(new Error('bare'), { headers: secrets }));
  log.child(secrets).info('in a child');
  log.info({ seen: new Map([['password', SECRET]]), bytes: Buffer.from(SECRET) });
  expect(lines).toHaveLength(11);
  expect(lines.join('')).not.toContain(SECRET);
  expect(lines.join('')).not.toContain(Buffer.from(SECRET).toString('base64'));
  expect(lines.join('')).toContain('[withheld]');
});

it('keeps what helps', () => {
  const { lines, log } = logger();
  log.child({ jobId: '17' }).error({ err: new TypeError('of ours'), at: new Date(0), n: 3 }, 'failed');
  const line = JSON.parse(lines[0]!);
  expect(line).toMatchObject({ jobId: '17', at: '1970-01-01T00:00:00.000Z', n: 3, msg: 'failed' });
  expect(line.err).toMatchObject({ type: 'TypeError', message: 'of ours' });
});

it('each line names the request it was written for, however deep in it', async () => {
  const { lines, log } = logger();
  await Promise.all(
    ['a', 'b'].map((reference) =>
      withRequest({ reference }, async () => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        log.info({ of: reference }, 'inside');
      }),
    ),
  );
  log.info('outside');
  for (const line of lines.slice(0, 2).map((text) => JSON.parse(text))) expect(line.reference).toBe(line.of);
  expect(JSON.parse(lines[2]!).reference).toBeUndefined();
});
