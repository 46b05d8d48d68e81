/** Declarations in TypeScript, in the words of typed.ts. */
import { chooseNames, type Names } from "./names.ts";
import type {
  Attribute,
  ClassNode,
  Declaration,
  EnumNode,
  Field,
  ModuleNode,
  Parameter,
  SignatureNode,
  TypeNode,
} from "./nodes.ts";

/** A TypeScript module of declarations for Python modules, made by `command`; `bridge` is where it
 * imports the types from. `deno fmt` lays it out. */
export function emit(
  modules: readonly ModuleNode[],
  command: string,
  bridge = "clusterfit/python",
): string {
  const names = chooseNames(modules);
  const text = writer(names);
  const written = new Set<string>();
  const sections = modules.map((module) => {
    const declarations = module.declarations.filter(({ id }) => !written.has(id));
    for (const { id } of declarations) written.add(id);
    const parts = [...declarations.map(text.declaration), text.module(module)];
    return `${heading(module.name)}\n\n${parts.join("\n")}`;
  });
  return `/**
 * The types of Python modules, from their annotations.
 *
 * Made by this command; change the Python and run it again, instead of editing this:
 *
 *     ${command}
 */
// deno-lint-ignore-file
import type { py } from "${bridge}";

${sections.join("\n")}`;
}

const heading = (module: string) => `// --- ${module}`;

/** The modules whose declarations differ in two texts; none where only what is around them does. */
export function changedModules(before: string, after: string): string[] {
  const [old, now] = [sectionsOf(before), sectionsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((name) =>
    old.get(name) !== now.get(name)
  );
}

function sectionsOf(text: string): Map<string, string> {
  const [, ...parts] = text.split(/^\/\/ --- (.+)$/m);
  return new Map(
    Array.from({ length: parts.length / 2 }, (_, at) => [parts[2 * at]!, parts[2 * at + 1]!]),
  );
}

function writer(names: Names) {
  function module(node: ModuleNode): string {
    return `${doc(node.doc)}export interface ${names.of(node.name)} extends py.Module<${
      JSON.stringify(node.name)
    }> {\n${attributes(node.members)}}\n`;
  }

  function declaration(node: Declaration): string {
    const name = names.of(node.id);
    switch (node.kind) {
      case "alias": {
        const { type: of } = node;
        const written = of.kind === "instance" && of.id === node.id ? foreign(of) : type(of);
        return `${doc(node.doc)}export type ${name} = ${written};\n`;
      }
      case "typed_dict":
        return `${doc(node.doc)}export type ${name} = ${typedDict(node.fields)};\n`;
      case "enum":
        return `${doc(node.doc)}export interface ${name} extends ${enumeration(node)} {\n${
          attributes(node.members)
        }}\n`;
      default:
        return `${doc(node.doc)}export interface ${name} extends ${base(node)} {\n${
          attributes(node.members)
        }}\n`;
    }
  }

  function enumeration({ id, bases, keys, values, plain }: Declaration & EnumNode): string {
    const more = about([inherits(bases), plain ? `js: ${type(plain)}` : []]);
    return `py.Enum<${[quoted([id]), quoted(keys), type(values), ...more].join(", ")}>`;
  }

  function base(node: Declaration & ClassNode): string {
    const { id, kind, bases, call, each, enters, get } = node;
    if (node.tuple) {
      const fields = `[${node.tuple.map(type).join(", ")}]`;
      return `py.NamedTuple<${[quoted([id]), fields, quoted(bases)].join(", ")}>`;
    }
    if (kind === "protocol" && call) return `py.Callable<${signature(call)}>`;
    const more = about([
      kind === "class" ? inherits(bases) : [],
      node.open ? "open: true" : [],
      call ? `call: ${signature(call)}` : [],
      each ? `each: ${type(each)}` : [],
      enters ? `enters: ${type(enters)}` : [],
      get ? `get: [${get.map(type).join(", ")}]` : [],
    ]);
    if (kind === "class") return `py.Instance<${[quoted([id]), ...more].join(", ")}>`;
    return more.length === 0 ? "py.Protocol" : `py.Protocol<${more}>`;
  }

  function attributes(members: readonly Attribute[]): string {
    return members.map(({ name, doc: text, type: of, readonly }) =>
      `${doc(text)}${readonly ? "readonly " : ""}${key(name)}: ${type(of)};\n`
    ).join("");
  }

  function type(node: TypeNode): string {
    switch (node.kind) {
      case "unknown":
      case "never":
        return node.kind;
      case "scalar":
        return node.name === "bytes" ? "Uint8Array<ArrayBuffer>" : node.name;
      case "literal":
        return JSON.stringify(node.value);
      case "union":
        return node.of.map(type).join(" | ");
      case "tuple":
        return `[${node.of.map(type).join(", ")}]`;
      case "many":
        return node.of.kind === "union" ? `(${type(node.of)})[]` : `${type(node.of)}[]`;
      case "generic":
        return `py.${node.name}<${node.of.map(type).join(", ")}>`;
      case "array":
        return `py.${node.name}${node.dtype === null ? "" : `<${JSON.stringify(node.dtype)}>`}`;
      case "callable":
        return `py.Callable<${signature(node.signature)}>`;
      case "class":
        return classOf(node);
      case "instance":
        return instance(node);
      case "alias":
        return names.has(node.id) ? names.of(node.id) : type(node.type);
    }
  }

  function instance(node: TypeNode & { kind: "instance" }): string {
    return names.has(node.id) ? names.of(node.id) : foreign(node);
  }

  /** A class that is not declared here. */
  function foreign(node: TypeNode & { kind: "instance" }): string {
    if (node.fields) return typedDict(node.fields);
    return node.protocol ? "py.Protocol" : `py.External<${named(node)}>`;
  }

  function classOf(node: TypeNode & { kind: "class" }): string {
    const { of, members } = node;
    if (of.kind === "instance" && !of.fields && !of.protocol && !names.declares(of.id)) {
      return `py.ExternalClass<${named(of)}>`;
    }
    const made = [type(of), ...(node.signature ? [`{ ${parameters(node.signature)} }`] : [])];
    const own = members.length === 0 ? "" : ` & {\n${attributes(members)}}`;
    return `py.Class<${made.join(", ")}>${own}`;
  }

  function typedDict(fields: readonly Field[]): string {
    const lines = fields.map(({ name, type: of, required }) =>
      `${key(name)}${required ? "" : "?"}: ${type(of)};\n`
    );
    return `py.TypedDict<{\n${lines.join("")}}>`;
  }

  function signature(node: SignatureNode | null): string {
    if (node === null) return "py.Anything";
    const { only, named, rest, more } = node;
    const returns = type(node.returns);
    if (only.length + named.length === 0 && rest?.kind === "unknown" && more?.kind === "unknown") {
      return returns === "unknown" ? "py.Anything" : `py.Anything<${returns}>`;
    }
    return `{ ${parameters(node)} returns: ${returns} }`;
  }

  function parameters({ only, named, rest, more }: SignatureNode): string {
    const order = named.filter(({ positional }) => positional);
    const params = named.map(({ name, type: of, optional }) =>
      `${key(name)}${optional ? "?" : ""}: ${type(of)}`
    );
    if (more) params.push(`[name: string]: ${named.length === 0 ? type(more) : "unknown"}`);
    return [
      only.length > 0 ? `only: [${only.map(item).join(", ")}];` : [],
      order.length > 0 ? `order: [${order.map(({ name }) => JSON.stringify(name))}];` : [],
      params.length > 0 ? `params: { ${params.join("; ")} };` : [],
      rest ? `rest: ${type(rest)};` : [],
    ].flat().join(" ");
  }

  function item({ name, type: of, optional }: Parameter): string {
    return name === "_" ? type(of) : `${name}${optional ? "?" : ""}: ${type(of)}`;
  }

  return { module, declaration };
}

const key = (name: string) =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);

const quoted = (names: readonly string[]) =>
  names.length === 0 ? "never" : names.map((name) => JSON.stringify(name)).join(" | ");

/** A class by its name, and its bases where it has any. */
const named = ({ id, bases }: { readonly id: string; readonly bases: readonly string[] }) =>
  [quoted([id]), ...(bases.length > 0 ? [quoted(bases)] : [])].join(", ");

const inherits = (bases: readonly string[]) => bases.length > 0 ? `bases: ${quoted(bases)}` : [];

/** What is said beside attributes, if anything is. */
function about(parts: readonly (string | never[])[]): string[] {
  const said = parts.flat();
  return said.length === 0 ? [] : [`{ ${said.join("; ")} }`];
}

function doc(text: string | null): string {
  if (text === null || text === "") return "";
  const lines = text.replaceAll("*/", "*\\/").split("\n").map((line) => line.trimEnd());
  if (lines.length === 1) return `/** ${lines[0]} */\n`;
  return `/**\n${lines.map((line) => line === "" ? " *\n" : ` * ${line}\n`).join("")} */\n`;
}
