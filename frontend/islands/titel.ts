const MAX = 100; // characters, cut at a word

/** The first sentence of a text, without the point at its end. */
export function firstSentence(text: string): string {
  const line = text.trim().split("\n", 1)[0] ?? "";
  const sentence = (/^.*?[.!?](?=\s|$)/.exec(line)?.[0] ?? line).replace(/\.$/, "").trim();
  if (sentence.length <= MAX) return sentence;
  const cut = sentence.slice(0, MAX);
  return cut.slice(0, Math.max(cut.lastIndexOf(" "), 1)).trim();
}

/**
 * Fills the title with the first sentence of the text, until one changes the
 * title. On the title: data-island="titel" data-van="id of the text".
 */
export class Titel {
  constructor(element: HTMLElement, signal: AbortSignal) {
    const title = element as HTMLInputElement;
    const text = document.getElementById(title.dataset.van ?? "");
    if (!(text instanceof HTMLTextAreaElement)) return;
    let own = title.value !== "" && title.value !== firstSentence(text.value);
    title.addEventListener(
      "input",
      () => {
        own = title.value !== "";
      },
      { signal },
    );
    text.addEventListener(
      "input",
      () => {
        if (!own) title.value = firstSentence(text.value);
      },
      { signal },
    );
  }
}
