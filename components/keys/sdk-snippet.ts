type Snippet = { apiBaseUrl: string; apiKey: string; model: string };

/** A first question with OpenAI's SDK, ready to paste. The idempotency key belongs to the question, not to the try. */
export function sdkSnippet({ apiBaseUrl, apiKey, model }: Snippet): string {
  return `import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: '${apiBaseUrl}',
  apiKey: '${apiKey}',
});
const answer = await client.chat.completions.create(
  {
    model: '${model}',
    messages: [{ role: 'user', content: 'Describe the case and ask.' }],
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'diagnosis', schema: { type: 'string', enum: ['Pneumonia', 'Asthma'] } },
    },
  },
  { idempotencyKey: crypto.randomUUID() },
);
console.log(answer.choices[0].message.content);
`;
}
