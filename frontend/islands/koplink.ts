/**
 * Puts a button after each heading of an article that copies the address of
 * that heading, on its line. On the article: data-island="koplink".
 */
export class Koplink {
  constructor(article: HTMLElement, signal: AbortSignal) {
    if (!navigator.clipboard) return;
    for (const heading of article.querySelectorAll<HTMLElement>("h2[id], h3[id], h4[id]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "rs-quiet rs-koplink";
      button.setAttribute("aria-label", `Link naar «${heading.textContent ?? ""}» kopiëren`);
      button.textContent = "Link kopiëren";
      button.addEventListener("click", () => void copy(button, heading.id), { signal });
      const line = document.createElement("div");
      line.className = "rs-kop";
      heading.replaceWith(line);
      line.append(heading, button);
    }
  }
}

async function copy(button: HTMLButtonElement, id: string): Promise<void> {
  const address = new URL(location.href);
  address.hash = id;
  try {
    await navigator.clipboard.writeText(address.href);
    button.textContent = "Gekopieerd";
  } catch {
    location.hash = id; // the address bar then holds it
  }
}
