/** The handlers of the manifest's functions, each loaded when it is first called. */
import type { Dependencies } from "#shared/ports/dependencies.ts";

/** A page takes an event, a task its payload, a job nothing. */
export type Handler = (event: unknown) => Promise<unknown>;

/** What a function's handler.ts exports. */
export interface HandlerModule {
  readonly createHandler: (dependencies: Dependencies) => Handler;
}

export type LoadHandler = (functionName: string) => Promise<HandlerModule>;

export interface Handlers {
  readonly get: (functionName: string) => Promise<Handler>;
  /** Loads all of them ahead of their first call, one after another, so that pages aren't kept waiting. */
  readonly warm: (functionNames: readonly string[]) => Promise<void>;
}

const importHandler: LoadHandler = (functionName) =>
  import(`../../functions/${functionName}/handler.ts`) as Promise<HandlerModule>;

/** Handlers over one set of dependencies, which is waited for. */
export const createHandlers = (
  dependencies: Promise<Dependencies>,
  load: LoadHandler = importHandler,
): Handlers => {
  const handlers = new Map<string, Promise<Handler>>();
  const get = (functionName: string): Promise<Handler> => {
    const begun = handlers.get(functionName);
    if (begun) return begun;
    const handler = Promise.all([load(functionName), dependencies]).then(([module, given]) =>
      module.createHandler(given),
    );
    handlers.set(functionName, handler);
    // A load that failed is tried again at the next call.
    handler.catch(() => handlers.delete(functionName));
    return handler;
  };
  return {
    get,
    warm: async (functionNames) => {
      for (const name of functionNames) await get(name);
    },
  };
};
