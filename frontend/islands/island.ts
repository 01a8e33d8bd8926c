// An island improves what already works: a small class bound to an element by
// data-island. It mounts once, and everything it does ends with its signal.

/** What an island is made from: its element, and a signal that ends it. */
export type Island = new (element: HTMLElement, signal: AbortSignal) => unknown;

const mounted = new Map<HTMLElement, AbortController>();
let known: Readonly<Record<string, Island>> = {};

/** Mounts the islands under root that are not mounted yet. */
export function mount(root: ParentNode, islands: Readonly<Record<string, Island>>): void {
  known = islands;
  for (const element of root.querySelectorAll<HTMLElement>("[data-island]")) {
    const make = islands[element.dataset.island ?? ""];
    if (!make || mounted.has(element)) continue;
    const controller = new AbortController();
    mounted.set(element, controller);
    new make(element, controller.signal);
  }
}

/** Ends the islands under root, as when a part of the page is replaced. */
export function unmount(root: Node): void {
  for (const [element, controller] of mounted) {
    if (!root.contains(element)) continue;
    controller.abort();
    mounted.delete(element);
  }
}

/** Puts fresh in the place of old: the islands in old end, those in fresh begin. */
export function replace(old: HTMLElement, fresh: HTMLElement): void {
  unmount(old);
  old.replaceWith(fresh);
  mount(fresh, known);
}
