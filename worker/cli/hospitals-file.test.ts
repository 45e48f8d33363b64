import { expect, test } from 'vitest';
import { readHospitalsFile } from './hospitals-file.ts';

const SITE = {
  id: 'st-anna',
  name: 'St. Anna Hospital',
  regime: 'GDPR',
  region: 'eu-central-1',
  jurisdiction: 'Austria',
  data_size: '120000',
  compute_capacity: '16xA100',
  compliance_level: 'ISO 27001',
};

/** A site as YAML, its first key on the line of the dash; a value of null leaves its key out. */
function site(other: Record<string, string | null> = {}): string {
  const lines = Object.entries({ ...SITE, ...other }).flatMap(([key, value]) =>
    value === null ? [] : `${key}: ${value}`,
  );
  return `  - ${lines.join('\n    ')}\n`;
}
const file = (...sites: string[]) => `hospitals:\n${sites.join('')}`;
const faultsOf = (text: string) => {
  try {
    return readHospitalsFile(text) && [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
};

test('a file is read however its lines end, with a byte order mark or without', () => {
  const text = file(site());
  for (const same of [text, text.replaceAll('\n', '\r\n'), `\uFEFF${text}`])
    expect(readHospitalsFile(same)).toMatchObject([
      { id: 'st-anna', line: 2, invite: { dataSize: 120_000, shards: 64, lanes: 2, endpoint: null } },
    ]);
});

test('200 sites are read', () => {
  const sites = Array.from({ length: 200 }, (_, i) => site({ id: `s${i}`, name: `Hospital ${i}` }));
  expect(readHospitalsFile(file(...sites))).toHaveLength(200);
});

test.each([
  [{ data_size: '-5' }, /^line 7: data_size: /],
  [{ data_size: '1.5' }, /^line 7: data_size: /],
  [{ data_size: '120,000' }, /^line 7: data_size: /],
  [{ compute_capacity: 'A100x16' }, /^line 8: compute_capacity: .*16xA100/],
  [{ region: 'mars-1' }, /^line 5: region: /],
  [{ allowed_regions: '[eu-central-1, mars-1]' }, /^line 10: allowed_regions: /],
  [{ regime: 'DSGVO' }, /^line 4: regime: /],
  [{ endpoint: 'http://10.0.0.1' }, /^line 10: endpoint: /],
  [{ expires_in_hours: '100' }, /^line 10: expires_in_hours: /],
  [{ colour: 'red' }, /^line 2: site: .*colour/],
  [{ data_size: null }, /^line 2: data_size: is missing\.$/],
] as const)('%j is named with its line and its key, once', (other, fault) => {
  const [nobody, ...faults] = faultsOf(file(site(other)));
  expect(nobody).toBe('Nobody was invited.');
  expect(faults).toContainEqual(expect.stringMatching(fault));
  expect(new Set(faults).size).toBe(faults.length);
});

test('the same id, or the same name, twice is a fault of the second', () => {
  expect(faultsOf(file(site(), site({ name: 'Another' })))[1]).toBe(
    'line 10: id: st-anna is in the file twice.',
  );
  expect(faultsOf(file(site(), site({ id: 'b', name: 'st. anna  hospital' })))[1]).toMatch(
    /^line 11: name: .* twice\.$/,
  );
});

test.each([
  ['', /a list under "hospitals"/],
  ['hospital: []\n', /a list under "hospitals"/],
  ['hospitals:\n\t- id: x\n', /^line 2: Tabs/],
  [`${file(site())}    name: Twice\n`, /^line 10: Map keys must be unique/],
  [`hospitals:\n${'  - a\n'.repeat(501)}`, /501 sites; one file holds 500/],
])('%j is no file of hospitals', (text, fault) => {
  expect(faultsOf(text)[0]).toMatch(fault);
});
