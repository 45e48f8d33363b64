import { resolve } from 'node:path';
import { cliEnv } from '#lib/env';
import { readInviteCode } from '#lib/nodes/onboarding/invite-code';
import { awaitCertificate, enrol, wordsOf } from '../node/enrol/enrol.ts';
import { writeConfig } from '../node/enrol/write-config.ts';
import type { Command } from './command.ts';
import { parseOptions } from './parse-options.ts';
import { UsageError } from './usage-error.ts';

const WORDS = ['node', 'init'];

const HELP = `fdlr node init --router URL --ca-fingerprint HEX [--code CODE] --data DIR [--records DIR] [--purposes A,B] [--no-wait]

Enrols this hospital's node. It makes the node's keys here, checks that the router is vouched for by the authority with
this fingerprint before anything is sent, and asks for a certificate with the code, which does not travel. It then shows
six words: read them to whoever invited you. Once they have confirmed that theirs are the same, the certificate arrives
and the node's configuration is written. Interrupted, it goes on where it was when called again with the same --data; it
needs no code then. With the code of another invite it begins anew.

  --router URL           where nodes dial, as the invite says: https://host:port
  --ca-fingerprint HEX   SHA-256 of the authority's certificate, as the invite says
  --code CODE            the invite's code; it works once
  --data DIR             the node's own folder: keys, certificate, spend log. Keep it, and keep it private
  --records DIR          a folder of FHIR R4 bulk NDJSON; DIR/records unless given
  --purposes A,B         what this hospital answers for; clinical-decision-support unless given
  --no-wait              stop once the words are shown

Exit codes: 0 done, 1 it failed, 2 asked wrongly. HTTPS_PROXY and NO_PROXY are honoured.`;

export const nodeInit: Command = {
  words: WORDS,
  summary:
    "Enrols a hospital's node with an invite: makes its keys, shows the six words, fetches its certificate.",
  help: HELP,
  async run(args) {
    const { values } = parseOptions(WORDS, args, {
      router: { type: 'string' },
      'ca-fingerprint': { type: 'string' },
      code: { type: 'string' },
      data: { type: 'string' },
      records: { type: 'string' },
      purposes: { type: 'string', default: 'clinical-decision-support' },
      'no-wait': { type: 'boolean', default: false },
    });
    const { router, code, data, records, 'ca-fingerprint': fingerprint } = values;
    if (!router || !data || !fingerprint)
      throw new UsageError('Give --router, --ca-fingerprint, --code and --data. See fdlr node init --help.');
    if (code !== undefined && !readInviteCode(code))
      throw new UsageError('This is no invite code: it has ten groups of four letters and digits.');
    const url = URL.parse(router);
    if (url?.protocol !== 'https:') throw new UsageError('The router is an https:// URL.');
    const caFingerprint = fingerprint.replaceAll(':', '').toLowerCase();
    if (!/^[0-9a-f]{64}$/.test(caFingerprint))
      throw new UsageError('The fingerprint of the authority has 64 hexadecimal digits.');
    const purposes = values.purposes
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean);
    if (purposes.length === 0)
      throw new UsageError('Name at least one purpose with --purposes, or leave it out.');
    const from = cliEnv().INIT_CWD ?? '.';
    const dataDir = resolve(from, data);
    const say = (line: string) => void process.stdout.write(`${line}\n`);
    const enrolment = await enrol({ router: url, caFingerprint, code: code ?? null, dataDir });
    say(`Enrolled as ${enrolment.reply.name} (${enrolment.reply.nodeId}).`);
    say(`\nRead these six words to whoever invited you:\n\n  ${wordsOf(enrolment, dataDir).join(' ')}\n`);
    if (values['no-wait']) return;
    const { peers } = await awaitCertificate(enrolment, dataDir, (state, reason) => {
      if (state === 'pending') say('Waiting until they have confirmed that theirs are the same.');
      if (state === 'away') say(`The router cannot be reached (${reason}). Trying again until it can.`);
    });
    const recordsDir = resolve(from, records ?? `${dataDir}/records`);
    const config = await writeConfig(dataDir, enrolment, { recordsDir, purposes });
    say(`The certificate is here. The node's configuration is ${config}\n`);
    say(`${peers.length} other hospitals take part. Pin those that you answer together with, at least two:`);
    say(`  fdlr node peers offered --config ${config}\n  fdlr node peers add ID --config ${config}`);
    say(
      `Then check, and start:\n  fdlr node preflight --config ${config}\n  fdlr node run --config ${config}`,
    );
  },
};
