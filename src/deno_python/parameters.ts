/** The parameters of a JS function, read from its source text: JS gives no more than their number. */

/** A parameter as it is written. */
export interface Parameter {
  /** Undefined where it is a pattern: `{ a, b }` or `[a, b]`. */
  readonly name?: string;
  /** Whether a default is given. */
  readonly optional: boolean;
  /** Whether it takes all further arguments: `...name`. */
  readonly rest: boolean;
}

const native = /\{\s*\[native code\]\s*\}\s*$/;
const most = 255; // a length is a property that anybody can set

/** The parameters; as many as the function's `length` where it has no source: native or bound ones, classes. */
export function parametersOf(callback: (...args: never[]) => unknown): readonly Parameter[] {
  const source = Function.prototype.toString.call(callback);
  const found = native.test(source) ? undefined : parse(tokensOf(source));
  if (found !== undefined) return found;
  const { length } = callback;
  const count = Number.isInteger(length) && length > 0 ? Math.min(length, most) : 0;
  return Array.from({ length: count }, () => ({ optional: false, rest: false }));
}

/** The list is what stands first in parentheses, or the name before `=>`. */
function parse(tokens: Generator<Token, undefined>): Parameter[] | undefined {
  let count = 0;
  let name = "";
  let isClass = false;
  for (const { text, isName, depth } of tokens) {
    if (depth > 0) continue; // inside `["a computed name"]`
    if (text === "=>") return [{ name, optional: false, rest: false }];
    if (text === "(") return parseList(tokens);
    if (isClass || text === "{") return undefined;
    if (isName) name = text;
    isClass = count++ === 0 && text === "class";
  }
}

function parseList(tokens: Generator<Token, undefined>): Parameter[] | undefined {
  const parameters: Parameter[] = [];
  let current: { -readonly [key in keyof Parameter]: Parameter[key] } | undefined;
  for (const { text, isName, depth } of tokens) {
    const ends = depth === 0 || depth === 1 && text === ",";
    if (ends && current !== undefined) parameters.push(current);
    if (depth === 0) return parameters;
    if (ends) current = undefined;
    else if (current === undefined) {
      current = { optional: false, rest: text === "..." };
      if (isName) current.name = text;
    } else if (depth === 1) {
      if (current.rest && isName) current.name = text;
      if (text === "=") current.optional = true;
    }
  }
}

interface Token {
  readonly text: string;
  readonly isName: boolean;
  /** How many brackets are open around it; a bracket stands outside itself. */
  readonly depth: number;
}

const space = /(?:\s|\/\/.*|\/\*[^]*?\*\/)+/y;
const name = /[\p{ID_Start}$_#][\p{ID_Continue}$\u200c\u200d]*/yu;
const literals = [
  /\.?\d[\w.]*/y,
  /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/y,
];
const template = /[`}](?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|\$\{)/y; // up to its end or the next hole
const regularExpression = /\/(?:[^/\\[\r\n]|\\.|\[(?:[^\]\\\r\n]|\\.)*\])+\/\w*/y;
const mark = /=>|\.\.\.|[^]/yu;

/** What comes before a regular expression and not before a division; a name or a value does not. */
const operator =
  /^(?:[([{,;=:?!&|^~+*/%<>-]|=>|\.\.\.|\$\{|return|typeof|void|in|of|case|delete|await|yield|instanceof|new)$/;

/** The tokens of JS source, as far as needed to tell brackets and commas from those inside literals. */
function* tokensOf(source: string): Generator<Token, undefined> {
  const open: string[] = [];
  let at = 0;
  let before = "(";
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  while (true) {
    match(space);
    if (at >= source.length) return;
    const start = source[at];
    const inHole = start === "}" && open.at(-1) === "${";
    if (start === "`" || inHole) {
      if (inHole) open.pop();
      const text = match(template);
      if (text === undefined) return; // no JS
      before = text.endsWith("${") ? "${" : "`";
      if (before === "${") open.push(before);
      continue;
    }
    let text = match(name);
    const isName = text !== undefined;
    for (const literal of literals) text ??= match(literal);
    if (start === "/" && operator.test(before)) text ??= match(regularExpression);
    text ??= match(mark)!;
    if (/^[)\]}]$/.test(text)) open.pop();
    yield { text, isName, depth: open.length };
    if (/^[([{]$/.test(text)) open.push(text);
    before = text;
  }
}
