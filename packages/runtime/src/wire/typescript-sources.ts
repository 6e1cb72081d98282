import Module from 'node:module';

/**
 * Lets TypeScript modules that Node runs by itself import each other by the names that they have when they are
 * built: `./m.js` in a `.ts` file is the `m.ts` beside it, where there is no `m.js`.
 *
 * That is how TypeScript is written, and what `tsc`, `tsx`, vite and vitest take it for. Node strips types and
 * looks for the name as it stands. So a module of tasks that works here, in a process of tsx or vitest, would not
 * be found on a thread, which has neither.
 *
 * Only what is not found is looked for again, and only for a TypeScript file that asks. Rejected: tsx wherever it
 * is installed, which costs each thread several times what stripping does.
 */
export function findTypeScriptSources(): void {
  if (hooked) return;
  hooked = true;
  // As old as stripping without a flag is, and younger than our types of Node.
  const { registerHooks }: { readonly registerHooks?: (hooks: { readonly resolve: Resolve }) => unknown } =
    Module as object;
  registerHooks?.({ resolve });
}

/** Whether a URL, a path or a specifier names a TypeScript source. */
export function isTypeScript(name: string): boolean {
  return /\.[cm]?tsx?(?=$|[?#])/.test(name);
}

/** `…/m.js?v=1` is compiled from `…/m.ts`. */
export function typescriptBeside(name: string): string | undefined {
  const source = name.replace(/\.([cm]?)js(?=$|[?#])/, '.$1ts');
  return source === name ? undefined : source;
}

type Context = { readonly parentURL?: string | undefined };
type Resolve = (
  specifier: string,
  context: Context,
  next: (specifier: string, context?: Context) => unknown,
) => unknown;

let hooked = false;

const resolve: Resolve = (specifier, context, next) => {
  try {
    return next(specifier, context);
  } catch (error) {
    const source = isPath(specifier) ? typescriptBeside(specifier) : undefined;
    if (source === undefined || !isTypeScript(context.parentURL ?? '') || !isNotFound(error)) throw error;
    try {
      return next(source, context);
    } catch {
      // The name that was written is the one that is missed.
      throw error;
    }
  }
};

function isPath(specifier: string): boolean {
  return /^(?:\.{0,2}\/|file:)/.test(specifier);
}

function isNotFound(error: unknown): boolean {
  const { code } = Object(error) as { readonly code?: unknown };
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}
