import { fields, parse, post } from "./form.ts";
import { Timer, wait } from "./timer.ts";

const AFTER_TYPING = 700; // milliseconds
const ASKS = ["titel", "tekst", "_token"];
const MAX = 3;

/**
 * Shows, while one types, what colleagues already shared that looks like it.
 *
 * On the region inside the form: data-island="lijkt-op" data-url="…". Inside
 * it: [data-lijst] (ul aria-live="polite"), filled with the <li data-inbreng>
 * of the answer. The region is hidden while the list is empty.
 */
export class LijktOp {
  private readonly list: HTMLElement | null;
  private readonly form: HTMLFormElement | null;
  private readonly typing: Timer;
  private asking = new AbortController();
  private asked = "";

  constructor(
    private readonly region: HTMLElement,
    signal: AbortSignal,
  ) {
    this.list = region.querySelector("[data-lijst]");
    this.form = region.closest("form");
    this.typing = new Timer(wait(region, AFTER_TYPING), () => void this.ask(), signal);
    this.form?.addEventListener("input", (event) => this.changed(event), { signal });
    signal.addEventListener("abort", () => this.asking.abort());
  }

  private changed(event: Event): void {
    const field = event.target as HTMLInputElement;
    if (ASKS.includes(field.name)) this.typing.start();
  }

  private async ask(): Promise<void> {
    const url = this.region.dataset.url;
    if (!url || !this.form || !this.list) return;
    const body = fields(this.form, ASKS);
    if (body.toString() === this.asked) return;
    this.asked = body.toString();
    this.asking.abort();
    this.asking = new AbortController();
    try {
      const response = await post(url, body, "text/html", { signal: this.asking.signal });
      this.show(response.ok ? await response.text() : "");
    } catch {
      // No connection, or a newer question: what is shown may stay.
    }
  }

  private show(html: string): void {
    // Whoever is about to press a button here keeps it.
    if (!this.list || this.list.contains(document.activeElement)) return;
    const answer = parse(html);
    const rows = [...answer.querySelectorAll("li[data-inbreng]")].slice(0, MAX);
    if (same(rows, [...this.list.children])) return;
    this.region.hidden = rows.length === 0;
    this.list.replaceChildren(...rows);
  }
}

/** Equal rows are left alone, or a screen reader would read them again. */
function same(a: readonly Element[], b: readonly Element[]): boolean {
  return a.length === b.length && a.every((row, i) => row.isEqualNode(b[i] ?? null));
}
