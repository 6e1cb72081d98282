import type { ModuleName } from './declared-names.js';
import type { FreeName, FunctionFacts } from './function-facts.js';

/**
 * What is said about a function that cannot be sent as source. Each text names what is wrong and what to do.
 */

type DeclaredNames = ReadonlyMap<string, ModuleName> | undefined;

const MOVE_IT = 'or move the function to a module and use tasksFrom().';

export const proxy: string = `this function is a Proxy, which has no source. Pass the function itself, ${MOVE_IT}`;
export const nativeFunction: string = `this function is native and has no source. Call it in a function of your own, ${MOVE_IT}`;
export const boundFunction: string = `this function is bound, and what it is bound to does not exist on another thread. Pass the function and its arguments, ${MOVE_IT}`;

/** A source that is longer than an inline function may be. */
export function tooLong(bytes: number): string {
  return `this function is ${Math.ceil(bytes / 1024)} KiB of source; an inline function has at most 64 KiB. Move it to a module and use tasksFrom().`;
}

/** A source that the parser does not take. */
export function unreadable(error: SyntaxError): string {
  const privateName = /Private field '(#[^']+)'/.exec(error.message)?.[1];
  if (privateName !== undefined) return boundWord(privateName);
  return `this function cannot be read as source (${error.message.slice(0, 120)}). Move it to a module and use tasksFrom().`;
}

/** Something that can be called, but is not a function that runs once and ends. */
export function wrongKind(kind: Exclude<FunctionFacts['kind'], 'function'>): string {
  switch (kind) {
    case 'async generator':
      return 'got an async generator, which gives many values where a task gives one: return a channel instead.';
    case 'class':
      return 'got a class. Make the object inside a function.';
    case 'accessor':
      return `this function is an accessor of an object that does not exist on another thread. Pass its value, ${MOVE_IT}`;
  }
}

/** A word that means something only where the function was written. */
export function boundWord(word: string): string {
  return `this function uses "${word}", which belongs to its surroundings and does not exist on another thread. Pass what it needs as an argument, ${MOVE_IT}`;
}

/** A property of the function object itself, which its source does not have. */
export function ownProperty(name: string): string {
  return `this function reads "${name}" of itself, a property that does not cross to another thread. Pass it as an argument, ${MOVE_IT}`;
}

/** The names a function takes from its surroundings; there is at least one. */
export function captured(spawner: string, uses: readonly FreeName[], declared: DeclaredNames): string {
  const first = uses[0] as FreeName;
  if (COMPILER_HELPER.test(first.name)) return compilerHelper(first.name);
  if (first.name === '__vite_ssr_import_meta__') return boundWord('import.meta');
  if (FILE_WORD.test(first.name)) return fileWord(first.name);
  const imported = importOf(first, declared);
  if (imported !== undefined) return importText(imported);
  return surroundings(
    spawner,
    uses.filter((use) => isVariable(use, declared)).map(({ name }) => name),
  );
}

const FILE_WORD = /^(?:require|module|exports|__dirname|__filename)$/;
/** vite's and vitest's own names for a file's imports. */
const VITE_IMPORT = /^__(?:vite_ssr|vi)_import_\d+__$/;
/** The same with those that TypeScript and esbuild give them in CommonJS: `node_fs_1.readFile`. */
const COMPILED_IMPORT = /^(?:__(?:vite_ssr|vi)_import_\d+__|import_\w+|\w+_\d+)$/;
/** What TypeScript and esbuild call when they compile for an older language. */
const COMPILER_HELPER =
  /^(?:__(?:awaiter|generator|extends|rest|assign|spread|spreadArrays?|values|read|decorate|esDecorate|param|metadata|propKey|makeTemplateObject|asyncValues|asyncGenerator|asyncDelegator|await|setFunctionName|runInitializers|importDefault|importStar|exportStar|addDisposableResource|disposeResources|classPrivateField(?:Get|Set|In)|private(?:Add|In|Get|Set|Method|Wrapper)|publicField|spreadValues|spreadProps|objRest|restKey|pow|template|async|yieldStar|forAwait|using|callDispose|decorate(?:Class|Param|Element)|decoratorStart|accessCheck|typeError|defNormalProp|toESM|toCommonJS|commonJS|esm|export|require|import)|_async_to_generator|_asyncToGenerator)$/;

function isVariable(use: FreeName, declared: DeclaredNames): boolean {
  return !FILE_WORD.test(use.name) && importOf(use, declared) === undefined;
}

function surroundings(spawner: string, names: readonly string[]): string {
  const list = names.join(', ');
  const quoted = names.map((name) => `"${name}"`).join(', ');
  const which =
    names.length === 1
      ? 'which does not exist on another thread. Pass it as an argument'
      : 'which do not exist on another thread. Pass them as arguments';
  return `this function uses ${quoted} from its surroundings, ${which} — ${spawner}((${list}) => …, ${list}) — ${MOVE_IT}`;
}

/** An import as the program wrote it: what it calls it, and where it is from if that can be told. */
interface Import extends ModuleName {
  readonly local: string;
}

function importOf(use: FreeName, declared: DeclaredNames): Import | undefined {
  const module = declared?.get(use.name);
  if (module?.from !== undefined) return { local: use.name, ...module };
  const member = use.members?.[0];
  const sameName = [...(declared ?? [])].filter(([, { imported }]) => imported === member);
  const [found] = sameName.length === 1 ? sameName : [];
  if (member !== undefined && found !== undefined && COMPILED_IMPORT.test(use.name)) {
    return { local: found[0], ...found[1] };
  }
  return VITE_IMPORT.test(use.name) ? { local: member ?? use.name } : undefined;
}

function importText({ local, from, imported }: Import): string {
  const binding = imported === '*' ? local : `{ ${imported === local ? local : `${imported}: ${local}`} }`;
  const how = from === undefined ? ',' : ` — const ${binding} = await import('${from}') —`;
  return `this function uses "${local}", which its file imports and which does not exist on another thread. Import it inside the function${how} ${MOVE_IT}`;
}

function fileWord(name: string): string {
  return `this function uses "${name}", which belongs to its file and does not exist on another thread. Use await import('…') inside the function, ${MOVE_IT}`;
}

function compilerHelper(name: string): string {
  return `this function was compiled to use the helper "${name}", which does not exist on another thread. Compile for ES2022 or later, ${MOVE_IT}`;
}
