/** A JSON schema as a tree that a page can show: names, types in words, and what each value must be. */
export type SchemaNode = {
  name: string | null;
  /** e.g. `string`, `array of object`, `one of`. */
  type: string;
  required: boolean;
  description: string | null;
  /** e.g. `at most 64 items`, `matches ^[a-z]+$`. */
  limits: string[];
  children: SchemaNode[];
};

type Schema = Record<string, unknown>;
type Named = { name: string | null; required: boolean };

/** Deeper than any body of ours; a schema that contains itself ends here. */
const DEPTH = 8;
const REF = '#/components/schemas/';

export function schemaTree(schema: Schema, components: Record<string, Schema>): SchemaNode {
  return nodeOf(schema, components, { name: null, required: true }, DEPTH);
}

function nodeOf(given: Schema, components: Record<string, Schema>, named: Named, depth: number): SchemaNode {
  const schema = resolve(given, components);
  const { nullable, options } = optionsOf(schema, components);
  const only = options.length === 1 ? options[0] : undefined;
  // "X or null" is X that may be null, not a choice.
  if (only) {
    const node = nodeOf(only, components, named, depth);
    return {
      ...node,
      type: nullable ? `${node.type} or null` : node.type,
      description: textOf(schema.description) ?? node.description,
    };
  }
  const below = depth === 0 ? [] : childrenOf(schema, options, components, depth);
  return {
    ...named,
    type: typeOf(schema, options, components) + (nullable ? ' or null' : ''),
    description: textOf(schema.description),
    limits: limitsOf(schema),
    children: below,
  };
}

function resolve(schema: Schema, components: Record<string, Schema>): Schema {
  const ref = schema.$ref;
  if (typeof ref !== 'string' || !ref.startsWith(REF)) return schema;
  return components[ref.slice(REF.length)] ?? {};
}

function optionsOf(schema: Schema, components: Record<string, Schema>) {
  const all = [...listOf(schema.anyOf), ...listOf(schema.oneOf)];
  const options = all.filter((option) => resolve(option, components).type !== 'null');
  return { options, nullable: options.length < all.length };
}

function childrenOf(
  schema: Schema,
  options: Schema[],
  components: Record<string, Schema>,
  depth: number,
): SchemaNode[] {
  if (options.length > 0) {
    return options.map((option) => nodeOf(option, components, { name: null, required: true }, depth - 1));
  }
  if (schema.type === 'array' && isSchema(schema.items)) {
    // An array's own line says what it is made of; below it stand the members of that.
    return nodeOf(schema.items, components, { name: null, required: true }, depth - 1).children;
  }
  const required = Array.isArray(schema.required) ? schema.required : [];
  const properties = isSchema(schema.properties) ? Object.entries(schema.properties) : [];
  return properties
    .filter((entry): entry is [string, Schema] => isSchema(entry[1]))
    .map(([name, member]) =>
      nodeOf(member, components, { name, required: required.includes(name) }, depth - 1),
    );
}

function typeOf(schema: Schema, options: Schema[], components: Record<string, Schema>): string {
  if (options.length > 0) return 'one of';
  if ('const' in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.type === 'array' && isSchema(schema.items)) {
    return `array of ${nodeOf(schema.items, components, { name: null, required: true }, 1).type}`;
  }
  const format = textOf(schema.format);
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (textOf(schema.type) ?? 'anything');
  return format ? `${type} (${format})` : type;
}

function limitsOf(schema: Schema): string[] {
  const say = (key: string, words: (value: unknown) => string) =>
    schema[key] === undefined ? [] : [words(schema[key])];
  // The largest safe integer is zod's word for "no limit".
  const bounded = (key: string, words: string) =>
    typeof schema[key] === 'number' && Math.abs(schema[key]) < Number.MAX_SAFE_INTEGER
      ? [`${words} ${schema[key]}`]
      : [];
  return [
    ...say('minLength', (n) => `at least ${n} characters`),
    ...say('maxLength', (n) => `at most ${n} characters`),
    ...say('minItems', (n) => `at least ${n} items`),
    ...say('maxItems', (n) => `at most ${n} items`),
    ...bounded('minimum', 'from'),
    ...bounded('exclusiveMinimum', 'above'),
    ...bounded('maximum', 'up to'),
    ...(schema.format === undefined ? say('pattern', (pattern) => `matches ${pattern}`) : []),
    ...(schema.additionalProperties === false ? ['no other members'] : []),
  ];
}

const listOf = (value: unknown): Schema[] => (Array.isArray(value) ? value.filter(isSchema) : []);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
