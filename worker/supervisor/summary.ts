import { demoQuestion } from '../../prisma/seed/scenarios/demo-question.ts';

export type Login = { role: string; email: string; password: string };

export type Ready = {
  consoleUrl: string;
  apiBaseUrl: string;
  apiKey: string;
  model: string;
  logins: Login[];
  /** Where everybody's password is. */
  loginsFile: string;
};

/** The vote over four diagnoses that the first request asks for. */
function firstRequest(model: string) {
  const schema = { type: 'string', enum: demoQuestion.labels };
  return {
    model,
    messages: [{ role: 'user', content: demoQuestion.prompt }],
    response_format: { type: 'json_schema', json_schema: { name: 'diagnosis', strict: true, schema } },
  };
}

function curl({ apiBaseUrl, apiKey, model }: Ready): string {
  return `curl ${apiBaseUrl}/chat/completions \\
  -H 'Authorization: Bearer ${apiKey}' \\
  -H 'Content-Type: application/json' \\
  -H "Idempotency-Key: first-$(date +%s)" \\
  -d '${JSON.stringify(firstRequest(model))}'`;
}

function sdk({ apiBaseUrl, apiKey, model }: Ready): string {
  return `import OpenAI from 'openai';
import { randomUUID } from 'node:crypto';

const client = new OpenAI({ baseURL: '${apiBaseUrl}', apiKey: '${apiKey}' });
const answer = await client.chat.completions.create(
  ${JSON.stringify(firstRequest(model), null, 2).replaceAll('\n', '\n  ')},
  { headers: { 'Idempotency-Key': randomUUID() } },
);
console.log(JSON.parse(answer.choices[0].message.content), answer.privacy);`;
}

/** A handful: one for every role, and one of another organisation. The others are in the data folder. */
function firstLogins({ logins }: Ready): Login[] {
  const domainOf = ({ email }: Login) => email.slice(email.indexOf('@'));
  const own = logins.filter((login) => domainOf(login) === domainOf(logins[0]!));
  const elsewhere = logins.find((login) => login.role === 'dpo' && !own.includes(login));
  const firsts = own.filter(({ role }, i) => own.findIndex((login) => login.role === role) === i);
  return elsewhere ? [...firsts, elsewhere] : firsts;
}

/** What an operator needs next, printed once when everything is up. */
export function summaryText(ready: Ready): string {
  const shown = firstLogins(ready);
  const width = Math.max(...shown.map(({ role }) => role.length));
  const emails = Math.max(...shown.map(({ email }) => email.length));
  const logins = shown.map(
    ({ role, email, password }) => `  ${role.padEnd(width)}  ${email.padEnd(emails)}  ${password}`,
  );
  return `
The federation is ready. All patients in it are synthetic.

Console   ${ready.consoleUrl}
API       ${ready.apiBaseUrl}
API key   ${ready.apiKey}
Model     ${ready.model}

Demo logins (role, e-mail, password)
${logins.join('\n')}

Everybody's password is in ${ready.loginsFile}

Ask a first question with curl

${curl(ready)}

or with the openai package (save as first.mjs in this folder, then: node first.mjs)

${sdk(ready)}

Send a new Idempotency-Key with every new question; a retry with the same key is not charged again.
Ctrl-C stops everything.
`;
}
