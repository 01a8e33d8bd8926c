import { fields, post } from "./form.ts";
import { Timer, wait } from "./timer.ts";

/** What the server answers to a draft: kept, or refused with a sentence for the reader. */
interface Answer {
  bewaard?: string;
  geweigerd?: string;
  /** From now on the draft has this address. */
  url?: string;
  /** Hidden fields to set, such as the draft's version. */
  velden?: Record<string, string>;
}

const AFTER_TYPING = 3000; // milliseconds
const SUBMIT_WAITS = 3000; // milliseconds, for a save on its way
const OUTLIVES_PAGE = 60_000; // bytes; a browser keeps at most 64 kB going for pages that are gone
const STILL_THERE = "Uw tekst staat nog in het formulier.";

/**
 * Keeps a draft on the server while one types: some seconds after the last
 * key, on leaving a field and on leaving the page. One save at a time, none
 * after the form is submitted; submitting waits for one on its way. Nothing is kept in the browser.
 *
 * On the form: data-island="concept" data-url="…". Inside it: [data-bewaard]
 * for the time of the last save, [data-geweigerd] for a refusal.
 */
export class Concept {
  private readonly form: HTMLFormElement;
  private readonly typing: Timer;
  private dirty = false;
  private submitted = false;
  private readonly saving = new AbortController();
  private pending: Promise<void> | undefined;

  constructor(element: HTMLElement, signal: AbortSignal) {
    this.form = element as HTMLFormElement;
    this.typing = new Timer(wait(element, AFTER_TYPING), () => this.save(), signal);
    const options = { signal };
    this.form.addEventListener("input", () => this.changed(), options);
    this.form.addEventListener("focusout", (event) => this.left(event), options);
    this.form.addEventListener("submit", (event) => this.stop(event), options);
    window.addEventListener("pagehide", () => this.leave(), options);
    document.addEventListener("visibilitychange", () => this.hidden(), options);
  }

  private changed(): void {
    this.dirty = true;
    this.typing.start();
  }

  /** Whoever goes to a button that submits is about to save: an answer now could move it from under the pointer. */
  private left(event: FocusEvent): void {
    const next = event.relatedTarget;
    if (next instanceof HTMLButtonElement && next.type === "submit" && next.form === this.form) return;
    this.save();
  }

  /** A save on its way comes first: its answer holds the version to send along. */
  private stop(event: SubmitEvent): void {
    this.submitted = true;
    this.typing.stop();
    if (!this.pending) return;
    event.preventDefault();
    const submit = () => this.form.requestSubmit(event.submitter);
    window.setTimeout(() => this.saving.abort(), SUBMIT_WAITS);
    void this.pending.then(submit);
  }

  private hidden(): void {
    if (document.visibilityState === "hidden") this.save();
  }

  /** The page goes away: no answer will be read, so only hand the text over. */
  private leave(): void {
    if (!this.dirty || this.submitted) return;
    this.dirty = false;
    this.request().catch(() => undefined);
  }

  private save(): void {
    if (!this.dirty || this.pending || this.submitted) return;
    this.typing.stop();
    this.dirty = false;
    this.pending = this.exchange();
  }

  private async exchange(): Promise<void> {
    try {
      this.show(await this.send());
    } catch {
      this.failed();
    } finally {
      this.pending = undefined;
    }
    if (this.dirty && !this.submitted) this.typing.start();
  }

  private async send(): Promise<Answer> {
    const response = await this.request();
    const kind = response.headers.get("Content-Type") ?? "";
    if (!kind.startsWith("application/json")) throw new Error(`answer ${response.status}`);
    return (await response.json()) as Answer;
  }

  /** A save that is on its way when the page goes, still arrives. */
  private request(): Promise<Response> {
    const body = fields(this.form);
    const keepalive = body.toString().length < OUTLIVES_PAGE;
    return post(this.url(), body, "application/json", { keepalive, signal: this.saving.signal });
  }

  private show(answer: Answer): void {
    if (answer.url) this.form.dataset.url = answer.url;
    for (const [name, value] of Object.entries(answer.velden ?? {})) this.setHidden(name, value);
    this.refusal(answer.geweigerd ?? "");
    if (answer.bewaard) this.saved(`Laatst bewaard om ${answer.bewaard}.`);
  }

  private failed(): void {
    if (this.submitted) return;
    this.dirty = true; // the next key or blur tries again
    this.saved(`Nog niet bewaard. ${STILL_THERE}`);
  }

  private setHidden(name: string, value: string): void {
    const field = this.form.elements.namedItem(name);
    if (field instanceof HTMLInputElement && field.type === "hidden") field.value = value;
  }

  private saved(text: string): void {
    const line = this.form.querySelector("[data-bewaard]");
    if (line) line.textContent = text;
  }

  private refusal(text: string): void {
    const block = this.form.querySelector<HTMLElement>("[data-geweigerd]");
    if (!block) return;
    if (block.textContent !== text) block.textContent = text;
    block.hidden = text === "";
  }

  private url(): string {
    return this.form.dataset.url ?? this.form.action;
  }
}
