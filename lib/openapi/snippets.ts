import type { ApiOperation } from './read-document.ts';

export type Snippet = { kind: 'sdk' | 'curl'; code: string };
type Call = { base: string; path: string; method: string; operation: ApiOperation };

/** How to call an operation of the router's API. A question always shows its Idempotency-Key. */
export function snippetsFor(call: Call): Snippet[] {
  const sdk = call.operation.operationId === 'createChatCompletion' ? [sdkSnippet(call)] : [];
  return [...sdk, { kind: 'curl', code: curlSnippet(call) }];
}

function exampleOf(operation: ApiOperation): unknown {
  return operation.requestBody?.content['application/json']?.example;
}

const takesKey = (operation: ApiOperation) =>
  (operation.parameters ?? []).some(({ name }) => name.toLowerCase() === 'idempotency-key');

function sdkSnippet({ base, operation }: Call): Snippet {
  const body = JSON.stringify(exampleOf(operation) ?? {}, null, 2).replace(/\n/g, '\n  ');
  const code = [
    "import OpenAI from 'openai';",
    '',
    `const client = new OpenAI({ baseURL: '${base}/v1', apiKey: process.env.FDLR_API_KEY });`,
    'const answer = await client.chat.completions.create(',
    `  ${body},`,
    "  { headers: { 'Idempotency-Key': crypto.randomUUID() } },",
    ');',
    'console.log(JSON.parse(answer.choices[0].message.content), answer.privacy);',
  ].join('\n');
  return { kind: 'sdk', code };
}

function curlSnippet({ base, path, method, operation }: Call): string {
  const example = exampleOf(operation);
  const open = operation.security?.length === 0;
  const parts = [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}'${base}${path}'`,
    ...(open ? [] : [`-H "Authorization: Bearer $FDLR_API_KEY"`]),
    ...(takesKey(operation) ? [`-H "Idempotency-Key: my-question-$(date +%s)"`] : []),
    ...(example === undefined
      ? []
      : [`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(example).replaceAll("'", "'\\''")}'`]),
  ];
  return parts.join(' \\\n  ');
}
