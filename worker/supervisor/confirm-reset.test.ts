import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { confirmReset } from './confirm-reset.ts';

const REFUSED = 'Nothing was deleted, because the answer was not yes.';

function terminal(isTTY = true) {
  const input = Object.assign(new PassThrough(), { isTTY });
  return { input, output: new PassThrough() };
}

test.each(['yes\n', 'Y\n'])('%j lets it happen', async (typed) => {
  const { input, output } = terminal();
  input.write(typed);
  await expect(confirmReset('/data', { yes: false }, { input, output })).resolves.toBeUndefined();
  expect(output.read().toString()).toContain('Delete all that happened in /data');
});

test.each(['no\n', '\n', 'yesterday\n'])('%j does not', async (typed) => {
  const { input, output } = terminal();
  input.write(typed);
  await expect(confirmReset('/data', { yes: false }, { input, output })).rejects.toThrow(REFUSED);
});

test('neither does Ctrl-D, nor a terminal that goes away', async () => {
  const closing = terminal();
  closing.input.end();
  await expect(confirmReset('/data', { yes: false }, closing)).rejects.toThrow(REFUSED);
  const failing = terminal();
  const asked = confirmReset('/data', { yes: false }, failing);
  failing.input.destroy(new Error('EIO'));
  await expect(asked).rejects.toThrow(REFUSED);
});

test('a script, and --yes, are not asked', async () => {
  const script = terminal(false);
  await confirmReset('/data', { yes: false }, script);
  const sure = terminal();
  await confirmReset('/data', { yes: true }, sure);
  expect([script.output.read(), sure.output.read()]).toEqual([null, null]);
});
