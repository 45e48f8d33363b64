import { z } from 'zod';
import { InvalidRequestError } from '#lib/errors';
import { foldLabel, withoutQualifier } from '#lib/nodes/fold-label';

export const MAX_LABELS = 64;
const MAX_LABEL_CHARACTERS = 200;
/** JSON Schema keywords that say nothing about which values are allowed. */
const ANNOTATIONS = ['$schema', '$id', 'title', 'description', '$comment'];

export const responseFormatSchema = z.union([
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({
    type: z.literal('json_schema'),
    json_schema: z.strictObject({
      name: z.string().min(1).max(64),
      description: z.string().optional(),
      strict: z.boolean().nullable().optional(),
      schema: z.record(z.string(), z.unknown()),
    }),
  }),
]);
export type ResponseFormat = z.infer<typeof responseFormatSchema>;

/** How the label is written into the reply: as a JSON string, or as an object with one property. */
export type AnswerShape = { kind: 'string' } | { kind: 'object'; property: string } | { kind: 'text' };
export type AnswerFormat = { labels: string[]; answer: AnswerShape };

/**
 * Reads the labels of a vote from a structured output: a root `{type: "string", enum}` or an object with exactly one
 * property, required and an enum. Anything else is refused: the label set must be public and complete.
 */
export function readAnswerFormat(format: ResponseFormat | undefined): AnswerFormat {
  if (format === undefined || format.type === 'text') return { labels: [], answer: { kind: 'text' } };
  const { schema } = format.json_schema;
  if (schema.type === 'object') return readObject(schema);
  return { labels: readEnum(schema), answer: { kind: 'string' } };
}

/** The reply's content for a label: JSON of the schema the caller gave. */
export function renderLabel(shape: AnswerShape, label: string): string {
  return shape.kind === 'object' ? JSON.stringify({ [shape.property]: label }) : JSON.stringify(label);
}

function readObject(schema: Record<string, unknown>): AnswerFormat {
  onlyKeys(schema, ['type', 'properties', 'required', 'additionalProperties']);
  const properties = schema.properties;
  const names = isRecord(properties) ? Object.keys(properties) : [];
  const [property] = names;
  const required = schema.required;
  const isSingle =
    names.length === 1 && Array.isArray(required) && required.length === 1 && required[0] === property;
  const definition = isRecord(properties) && property !== undefined ? properties[property] : undefined;
  if (!isSingle || !isRecord(definition) || property === undefined) {
    throw unsupported('an object schema must have exactly one property, required and an enum of strings');
  }
  return { labels: readEnum(definition), answer: { kind: 'object', property } };
}

function readEnum(schema: Record<string, unknown>): string[] {
  onlyKeys(schema, ['type', 'enum']);
  if ((schema.type !== undefined && schema.type !== 'string') || !Array.isArray(schema.enum)) {
    throw unsupported(
      'the schema must be a string enum, or an object with exactly one required enum property',
    );
  }
  return checkLabels(schema.enum);
}

function checkLabels(values: unknown[]): string[] {
  if (values.length < 2 || values.length > MAX_LABELS) {
    throw invalidLabels(
      `An enum must list between 2 and ${MAX_LABELS} labels; this one lists ${values.length}.`,
    );
  }
  const seen = new Set<string>();
  return values.map((value, i) => {
    if (typeof value !== 'string' || value.trim() === '')
      throw invalidLabels(`Label ${i + 1} is not a text.`);
    if (value.length > MAX_LABEL_CHARACTERS) {
      throw invalidLabels(`Label ${i + 1} is longer than ${MAX_LABEL_CHARACTERS} characters.`);
    }
    const folded = withoutQualifier(foldLabel(value));
    if (seen.has(folded))
      throw invalidLabels(
        `Label ${i + 1} repeats another one: neither case nor a trailing qualifier in brackets distinguishes labels.`,
      );
    seen.add(folded);
    return value;
  });
}

function onlyKeys(schema: Record<string, unknown>, allowed: string[]): void {
  const annotation = ANNOTATIONS.find((key) => key in schema && typeof schema[key] !== 'string');
  if (annotation !== undefined) throw unsupported(`"${annotation}" must be a text`);
  const extra = Object.keys(schema).find((key) => !allowed.includes(key) && !ANNOTATIONS.includes(key));
  if (extra !== undefined) throw unsupported(`the keyword "${extra}" is not supported`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unsupported(why: string): InvalidRequestError {
  return new InvalidRequestError(`This response_format cannot be answered by a vote: ${why}.`, {
    code: 'unsupported_schema',
    param: 'response_format.json_schema.schema',
  });
}

function invalidLabels(message: string): InvalidRequestError {
  return new InvalidRequestError(message, {
    code: 'invalid_labels',
    param: 'response_format.json_schema.schema',
  });
}
