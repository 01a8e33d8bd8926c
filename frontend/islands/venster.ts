import { ANSWERED_WITHIN, fieldsBy, parse, post, whyNot } from "./form.ts";
import { cameBack, mayGo } from "./onverzonden.ts";

const OFFLINE = "Niet gelukt: er is geen verbinding.";
const APART = "venster-"; // before ids, which stand on the page beneath too
const NAMING = ["for", "aria-labelledby", "aria-describedby", "aria-controls"];

/**
 * A page of the program in a window over the one that the reader is on: what is
 * done there leads back to where one was. It shows the parts of that page that
 * are marked data-venster, under its heading. A form that goes on to another
 * page says so with data-verder on its button; what follows on an act is said
 * by the page that the act ends on.
 *
 * said is told what there is to say when the window is shut: what an act did, or
 * why nothing opened. after tells where the focus goes when what opened the
 * window is gone.
 */
export class Venster {
  private readonly dialog = document.createElement("dialog");
  private opening = 0; // counts, so that what was closed on its way does not open

  constructor(
    private readonly said: (sentence: string) => void,
    private readonly after: () => HTMLElement | null,
    signal: AbortSignal,
  ) {
    this.dialog.className = "rs-window";
    this.dialog.setAttribute("aria-labelledby", "venster");
    this.dialog.addEventListener("click", (event) => this.click(event));
    this.dialog.addEventListener("submit", (event) => this.submit(event));
    this.dialog.addEventListener("cancel", (event) => this.cancel(event));
    this.dialog.addEventListener("close", () => this.closed());
    signal.addEventListener("abort", () => this.dialog.remove());
  }

  /** Opens the page at the address. */
  async open(url: string): Promise<void> {
    const opening = ++this.opening;
    try {
      const response = await fetch(url, {
        headers: { Accept: "text/html" },
        credentials: "same-origin",
        signal: AbortSignal.timeout(ANSWERED_WITHIN),
      });
      const page = parse(await response.text());
      if (opening === this.opening) this.show(page);
    } catch {
      if (opening === this.opening) this.fail(OFFLINE);
    }
  }

  close(): void {
    this.opening++;
    this.dialog.close();
  }

  /** Shows a page, or says why there is nothing of it to show. */
  private show(page: Document): void {
    const parts = partsOf(page);
    if (parts.length === 0) {
      this.fail(`Niet gelukt. ${whyNot(page)}`);
      return;
    }
    const shut = document.createElement("button");
    shut.type = "button";
    shut.className = "utrecht-button utrecht-button--secondary-action";
    shut.textContent = "Terug";
    shut.addEventListener("click", () => {
      if (mayGo(this.dialog)) this.close();
    });
    this.dialog.replaceChildren(...parts, shut);
    if (!this.dialog.isConnected) document.body.append(this.dialog);
    if (!this.dialog.open) this.dialog.showModal();
    (this.dialog.querySelector<HTMLElement>(".rs-errors") ?? parts[0])?.focus();
  }

  private cancel(event: Event): void {
    if (!mayGo(this.dialog)) event.preventDefault();
  }

  private closed(): void {
    this.dialog.remove();
    if (document.activeElement === document.body) this.after()?.focus();
  }

  /**
   * A link that leads on does so here; one to the page beneath closes the window.
   * Those in what people wrote lead where they lead.
   */
  private click(event: MouseEvent): void {
    const link = event.target instanceof Element && event.target.closest("a");
    if (!link || link.getAttribute("href")?.startsWith("#") || link.closest(".rs-talk__text")) return;
    event.preventDefault();
    if (!mayGo(this.dialog)) return;
    if (document.getElementById(link.hash.slice(1))) {
      this.close();
      location.hash = link.hash;
    } else {
      void this.open(link.href);
    }
  }

  private submit(event: SubmitEvent): void {
    const button = event.submitter as HTMLButtonElement;
    if (button.dataset.verder !== undefined) return;
    event.preventDefault();
    void this.act(event.target as HTMLFormElement, button);
  }

  private async act(form: HTMLFormElement, by: HTMLButtonElement): Promise<void> {
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    try {
      const response = await post(form.action, fieldsBy(form, by), "text/html", { redirect: "follow" });
      this.answered(response, parse(await response.text()));
    } catch {
      this.fail(OFFLINE);
    } finally {
      form.ariaBusy = null;
    }
  }

  private answered(response: Response, answer: Document): void {
    if (!response.ok || !response.redirected) {
      for (const form of answer.forms) cameBack(form);
      this.show(answer);
      return;
    }
    this.close();
    this.said(answer.querySelector(".rs-flash")?.textContent?.trim() ?? "");
  }

  private fail(sentence: string): void {
    if (!this.dialog.open) {
      this.said(sentence);
      return;
    }
    this.dialog.querySelector("[data-mislukt]")?.remove();
    const why = document.createElement("p");
    why.className = "rs-strong";
    why.dataset.mislukt = "";
    why.setAttribute("role", "alert");
    why.textContent = sentence;
    this.dialog.append(why);
  }
}

/** The heading of a page and its parts for a window, with ids of their own. */
function partsOf(page: Document): HTMLElement[] {
  const parts = [...page.querySelectorAll<HTMLElement>("[data-venster]")];
  if (parts.length === 0) return [];
  for (const part of parts) setApart(part);
  const head = document.createElement("h2");
  head.id = "venster";
  head.className = "utrecht-heading-3";
  head.tabIndex = -1;
  head.textContent = page.querySelector("h1")?.textContent ?? "";
  return [head, ...parts];
}

function setApart(part: HTMLElement): void {
  for (const element of [part, ...part.querySelectorAll("*")]) {
    if (element.id) element.id = APART + element.id;
    for (const name of NAMING) {
      const ids = element.getAttribute(name);
      if (ids) element.setAttribute(name, ids.replaceAll(/\S+/g, `${APART}$&`));
    }
    const href = element.getAttribute("href");
    if (href?.startsWith("#")) element.setAttribute("href", `#${APART}${href.slice(1)}`);
  }
}
