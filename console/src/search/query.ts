// Pieces of the search language. What it means is the server's to say; here it is only put together.

/** A field with its value, quoted where it has to be: `service:cart`, `operation:"GET /cart"`. */
export function term(field: string, value: string, comparison: '' | '>' | '>=' | '<' | '<=' = ''): string {
  return `${field}:${comparison}${quoted(value)}`;
}

/** The name by which an attribute is asked for; `prefix` is `attr.` or `resource.`. */
export function attribute(prefix: string, name: string): string {
  return prefix + (/^[A-Za-z_][\w.-]*$/.test(name) ? name : `"${name.replace(/[\\"]/g, '\\$&')}"`);
}

/** A value as one word, whatever is in it. */
export function quoted(value: string): string {
  return /^[\p{L}\p{N}_.@/+-]+$/u.test(value) && !/^[-.]|^(OR|AND|NOT)$/.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`;
}

/** The words at the top of a query; what stands in quotes or parentheses stays together. */
export function termsOf(query: string): string[] {
  const terms: string[] = [];
  let term = '';
  let depth = 0;
  let quote = false;
  for (let i = 0; i < query.length; i++) {
    const char = query[i]!;
    if (char === '\\' && quote) {
      term += char + (query[++i] ?? '');
      continue;
    }
    if (char === '"') quote = !quote;
    else if (!quote && char === '(') depth++;
    else if (!quote && char === ')') depth = Math.max(0, depth - 1);
    if (!quote && depth === 0 && /\s/.test(char)) {
      if (term) terms.push(term);
      term = '';
    } else term += char;
  }
  if (term) terms.push(term);
  return negated(terms);
}

/** NOT belongs to what follows it. */
function negated(words: string[]): string[] {
  const terms: string[] = [];
  for (const word of words) {
    if (terms.at(-1) === 'NOT') terms[terms.length - 1] = `NOT ${word}`;
    else terms.push(word);
  }
  return terms;
}

const JOINING = new Set(['OR', 'AND']);

/** Whether the query asks for a term at its top, with quotes where they are not needed or without. */
export function has(query: string, wanted: string): boolean {
  return termsOf(query).some((one) => same(one, wanted));
}

function same(one: string, other: string): boolean {
  return one === other || plainly(one) === plainly(other);
}

/** A field with its value without the quotes that it does not need. */
function plainly(one: string): string {
  const [, field, value] = /^([^"]*:)"([^"\\]*)"$/.exec(one) ?? [];
  return field !== undefined && value !== undefined && quoted(value) === value ? field + value : one;
}

/** The query with a term more; where it has an OR at its top, that is kept together first. */
export function withTerm(query: string, wanted: string): string {
  const terms = termsOf(query);
  if (has(query, wanted)) return query;
  const all = terms.includes('OR') ? [`(${terms.join(' ')})`] : terms;
  return [...all, wanted].join(' ');
}

/** The query without a term, and without an OR or AND that would have nothing beside it. */
export function without(query: string, unwanted: string): string {
  const terms = termsOf(query).filter((one) => !same(one, unwanted));
  return terms.filter((one, i) => !JOINING.has(one) || (i > 0 && i < terms.length - 1 && !JOINING.has(terms[i - 1]!))).join(' ');
}

/** Adds a term, or takes it away where it is asked for already. The opposite of what is added is taken away. */
export function toggled(query: string, wanted: string): string {
  const opposite = wanted.startsWith('-') ? wanted.slice(1) : `-${wanted}`;
  return has(query, wanted) ? without(query, wanted) : withTerm(without(query, opposite), wanted);
}
