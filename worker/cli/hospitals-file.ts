import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { sameName } from '#lib/nodes/onboarding/same-name';
import { type InviteNode, inviteNodeSchema } from '#lib/nodes/onboarding/schemas';

/** A site as an operator writes it. */
const siteSchema = z.strictObject({
  /** Told apart by it in this file and in what is printed. */
  id: z.string().min(1).max(120),
  name: z.string().min(1).max(120),
  /** "dial-out", or the address of the hospital's own listener for local answers. */
  endpoint: z.string().default('dial-out'),
  regime: z.string(),
  region: z.string(),
  allowed_regions: z.array(z.string()).optional(),
  jurisdiction: z.string(),
  data_size: z.number(),
  compute_capacity: z.string(),
  compliance_level: z.string(),
  shards: z.number().default(64),
  lanes: z.number().default(2),
  expires_in_hours: z.number().default(72),
});

/** As many as a federation is reckoned to have. */
const MOST_SITES = 500;

export type Site = { id: string; line: number; invite: InviteNode };

/** Reads every site or none. @throws with each fault and its line */
export function readHospitalsFile(text: string): Site[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) throw new Error(`line ${lines.linePos(broken.pos[0]).line}: ${broken.message.split('\n')[0]}`);
  const content = z.object({ hospitals: z.array(z.unknown()).min(1) }).safeParse(document.toJS());
  if (!content.success) throw new Error('line 1: the file is a list under "hospitals".');
  if (content.data.hospitals.length > MOST_SITES)
    throw new Error(`line 1: ${content.data.hospitals.length} sites; one file holds ${MOST_SITES} at most.`);
  const faults = new Set<string>();
  const ids = new Set<string>();
  const names = new Set<string>();
  const sites = content.data.hospitals.flatMap((raw, i): Site[] => {
    const line = (path: readonly PropertyKey[]) => {
      const node = document.getIn(['hospitals', i, ...path], true) as { range?: [number] } | undefined;
      const whole = document.getIn(['hospitals', i], true) as { range?: [number] } | undefined;
      return lines.linePos(node?.range?.[0] ?? whole?.range?.[0] ?? 0).line;
    };
    const fault = (path: readonly PropertyKey[], message: string) => {
      faults.add(`line ${line(path)}: ${path.join('.') || 'site'}: ${message}`);
      return [];
    };
    const site = siteSchema.safeParse(raw);
    if (!site.success) {
      const isMissing = (path: readonly PropertyKey[]) =>
        path.length > 0 && !document.hasIn(['hospitals', i, ...path]);
      return site.error.issues.flatMap(({ path, message }) =>
        fault(path, isMissing(path) ? 'is missing.' : message),
      );
    }
    const { id, name } = site.data;
    if (ids.has(id)) return fault(['id'], `${id} is in the file twice.`);
    ids.add(id);
    if (names.has(sameName(name))) return fault(['name'], `${name} is in the file twice.`);
    names.add(sameName(name));
    const invite = inviteNodeSchema.safeParse(inviteOf(site.data));
    if (!invite.success)
      return invite.error.issues.flatMap(({ path, message }) => {
        const key = path.findLast((part) => typeof part === 'string');
        return fault([KEYS[key ?? ''] ?? ''].filter(Boolean), message);
      });
    return [{ id, line: line([]), invite: invite.data }];
  });
  if (faults.size > 0) throw new Error(`Nobody was invited.\n${[...faults].join('\n')}`);
  return sites;
}

const KEYS: Record<string, string> = {
  name: 'name',
  siteName: 'name',
  regime: 'regime',
  region: 'region',
  allowedRegions: 'allowed_regions',
  jurisdiction: 'jurisdiction',
  dataSize: 'data_size',
  computeCapacity: 'compute_capacity',
  complianceLevel: 'compliance_level',
  shards: 'shards',
  lanes: 'lanes',
  endpoint: 'endpoint',
  expiresInHours: 'expires_in_hours',
};

function inviteOf(site: z.output<typeof siteSchema>) {
  const { name, regime, region, endpoint } = site;
  return {
    hospital: { kind: 'new', name, regime, region, allowedRegions: site.allowed_regions ?? [region] },
    siteName: name,
    jurisdiction: site.jurisdiction,
    shards: site.shards,
    lanes: site.lanes,
    dataSize: site.data_size,
    computeCapacity: site.compute_capacity,
    complianceLevel: site.compliance_level,
    endpoint: endpoint === 'dial-out' ? null : endpoint,
    expiresInHours: site.expires_in_hours,
  };
}
