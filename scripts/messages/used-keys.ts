import { parseSync } from '@swc/core';

/** What one file asks of the messages. */
export type FileUse = {
  file: string;
  /** Keys asked for, each with the namespaces it may be in: exact words, or a pattern where part of it is computed. */
  asked: { namespaces: string[]; key: RegExp; text: string }[];
  /** Namespaces from which a key is taken that is computed elsewhere. */
  computed: string[];
  /** Every word in the file that could be such a key, and every pattern. */
  words: string[];
  patterns: RegExp[];
};

type Node = { type: string; [field: string]: unknown };

const TRANSLATORS = new Set(['useTranslations', 'getTranslations', 'createTranslator']);
const METHODS = new Set(['rich', 'markup', 'raw', 'has']);

/** Reads how a file uses next-intl, from its syntax. */
export function usesOf(file: string, source: string): FileUse {
  const program = parseSync(source, {
    syntax: 'typescript',
    tsx: file.endsWith('.tsx'),
  }) as unknown as Node;
  const use: FileUse = { file, asked: [], computed: [], words: [], patterns: [] };
  const bound = new Map<string, string[]>();
  walk(program, (node) => {
    if (node.type === 'VariableDeclarator') bind(node, bound);
  });
  walk(program, (node) => {
    if (node.type === 'CallExpression') asks(node, bound, use);
    if (node.type === 'StringLiteral') use.words.push(String(node.value));
    // One without a letter of its own would fit every key.
    if (node.type === 'TemplateLiteral')
      for (const found of patternsOf(node))
        if (found && /[a-z]/i.test(found.text)) use.patterns.push(found.key);
    if (node.type === 'KeyValueProperty') {
      const key = node.key as Node;
      if (key.type === 'Identifier') use.words.push(String(key.value));
    }
  });
  return use;
}

/** `const t = useTranslations('ask')`, also awaited, also one of several taken from Promise.all. */
function bind(node: Node, bound: Map<string, string[]>): void {
  const target = node.id as Node;
  if (!node.init) return;
  if (target.type === 'Identifier') {
    const namespaces = namespacesOf(node.init as Node);
    if (namespaces) add(bound, String(target.value), namespaces);
  } else if (target.type === 'ArrayPattern') {
    let list: Node[] = [];
    walk(node.init as Node, (inner) => {
      if (list.length === 0 && inner.type === 'ArrayExpression')
        list = (inner.elements as { expression: Node }[]).map((element) => element?.expression);
    });
    (target.elements as (Node | null)[]).forEach((element, i) => {
      const namespaces = list[i] && namespacesOf(list[i]);
      if (element?.type === 'Identifier' && namespaces) add(bound, String(element.value), namespaces);
    });
  }
}

function add(bound: Map<string, string[]>, name: string, namespaces: string[]): void {
  bound.set(name, [...(bound.get(name) ?? []), ...namespaces]);
}

/** The namespaces of a translator; null for anything else. '' is the whole file of messages. */
function namespacesOf(expression: Node): string[] | null {
  if (expression.type === 'AwaitExpression') return namespacesOf(expression.argument as Node);
  if (expression.type === 'ParenthesisExpression') return namespacesOf(expression.expression as Node);
  if (expression.type !== 'CallExpression') return null;
  const callee = expression.callee as Node;
  const first = (expression.arguments as { expression: Node }[])[0]?.expression;
  if (callee.type === 'ParenthesisExpression' || callee.type === 'AwaitExpression') return null;
  if (callee.type !== 'Identifier' || !TRANSLATORS.has(String(callee.value))) return null;
  if (!first) return [''];
  if (first.type === 'StringLiteral') return [String(first.value)];
  if (first.type === 'ObjectExpression') {
    for (const property of first.properties as Node[]) {
      const key = property.key as Node | undefined;
      if (key?.value === 'namespace') return [String((property.value as Node).value)];
    }
  }
  return [''];
}

function asks(call: Node, bound: Map<string, string[]>, use: FileUse): void {
  const first = (call.arguments as { expression: Node }[])[0]?.expression;
  if (!first) return;
  const namespaces = calledNamespaces(call.callee as Node, bound);
  if (!namespaces) return;
  for (const pattern of patternsOf(first)) {
    if (pattern === null) use.computed.push(...namespaces);
    else use.asked.push({ namespaces, ...pattern });
  }
}

/** The namespaces of what is called: `t(...)`, `t.rich(...)`, `(await getTranslations('ask'))(...)`. */
function calledNamespaces(callee: Node, bound: Map<string, string[]>): string[] | null {
  if (callee.type === 'Identifier') return bound.get(String(callee.value)) ?? null;
  if (callee.type === 'MemberExpression') {
    const property = callee.property as Node;
    if (!METHODS.has(String(property.value))) return null;
    return calledNamespaces(callee.object as Node, bound);
  }
  return namespacesOf(callee);
}

function patternsOf(expression: Node): ({ key: RegExp; text: string } | null)[] {
  switch (expression.type) {
    case 'StringLiteral': {
      const text = String(expression.value);
      return [{ key: new RegExp(`^${literally(text)}$`), text }];
    }
    case 'TemplateLiteral': {
      const parts = (expression.quasis as { cooked: string }[]).map((quasi) => quasi.cooked);
      return [{ key: new RegExp(`^${parts.map(literally).join('.+')}$`), text: parts.join('*') }];
    }
    case 'ConditionalExpression':
      return [...patternsOf(expression.consequent as Node), ...patternsOf(expression.alternate as Node)];
    case 'BinaryExpression':
      return [...patternsOf(expression.left as Node), ...patternsOf(expression.right as Node)];
    case 'TsAsExpression':
    case 'ParenthesisExpression':
      return patternsOf(expression.expression as Node);
    default:
      return [null];
  }
}

/** A key's words as a pattern for just them. */
function literally(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function walk(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) for (const item of node) walk(item, visit);
  else if (node && typeof node === 'object') {
    if ('type' in node) visit(node as Node);
    for (const value of Object.values(node)) walk(value, visit);
  }
}
