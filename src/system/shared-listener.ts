type ProcessEvent = NodeJS.Signals | "exit";
type Listener = (event: ProcessEvent) => void;

/** Of each event, all who listen, and the one listener that tells them. */
const sharing = new Map<ProcessEvent, { readonly all: Set<Listener>; readonly one: () => void }>();

/** Listens to an event of this process by one listener for all: of more than ten Node would warn. Gives what ends it. */
export function listen(event: ProcessEvent, listener: Listener): () => void {
  const { all } = sharing.get(event) ?? begin(event);
  all.add(listener);
  return () => {
    all.delete(listener);
    if (all.size === 0) end(event);
  };
}

function begin(event: ProcessEvent): { readonly all: Set<Listener> } {
  const all = new Set<Listener>();
  const one = (): void => [...all].forEach((listener) => listener(event));
  sharing.set(event, { all, one });
  process.on(event, one);
  return { all };
}

function end(event: ProcessEvent): void {
  const shared = sharing.get(event);
  if (shared !== undefined) process.off(event, shared.one);
  sharing.delete(event);
}
