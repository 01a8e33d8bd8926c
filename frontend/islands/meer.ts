/** Closes the menu «Meer» on Escape and on a click beside it. */
export class Meer {
  constructor(element: HTMLElement, signal: AbortSignal) {
    const menu = element as HTMLDetailsElement;
    document.addEventListener(
      "click",
      (event) => {
        if (!menu.contains(event.target as Node)) menu.open = false;
      },
      { signal },
    );
    menu.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape" || !menu.open) return;
        menu.open = false;
        menu.querySelector("summary")?.focus();
      },
      { signal },
    );
  }
}
