import { BY_ITSELF, fields, parse, post } from "./form.ts";
import { replace } from "./island.ts";
import { type Company, type Follower, line, type State } from "./line.ts";
import { BACK, BACK_FOR, Clock, colleagues, counted, ended } from "./said.ts";
import { Timer } from "./timer.ts";
import { Venster } from "./venster.ts";

const SOON = 150; // milliseconds: several changes are one look
const LATER = 1500; // at least, between two looks that a socket asks for
const AGAIN = 30_000; // clocks are looked at anew
const TICK = 1000;
const ANSWER = 8000; // for the page to come
const BELL = 'header a[href="/berichten"]';

const ELSEWHERE =
  "De voorzitter is bij een ander punt. U schrijft nog bij «{titel}». Plaats uw tekst, of maak het vak leeg.";

/**
 * The page of a meeting that goes on: when the line says that something changed,
 * the parts that differ are replaced, and nothing else moves. Who has the focus
 * keeps it, who is typing keeps the text, who is choosing keeps the choice.
 *
 * On the page: data-island="live" data-onderwerp="topic" data-live="address"
 * data-laatste="number" data-nu="time". Inside it: parts with an id and data-deel, of which
 * data-zeg says what a screen reader is told once it is new; [data-zegt] and
 * [data-lijn] (role=status); [data-aanwezig] (how many are there); [data-loopt]
 * (seconds that go on); a[data-oordeel] (a page that opens in a window). The part «gesprek» is the discussion of item data-punt,
 * which is called data-titel and looks after itself.
 */
export class Live implements Follower {
  readonly topic: string;
  readonly url: string;
  last: number;
  private readonly soon: Timer;
  private readonly again: Timer;
  private readonly passing: Timer;
  private readonly hushing: Timer; // what was told is not true for ever, and may be told again
  private readonly sources = new Map<string, string>();
  private looked = 0;
  private looks = 0; // how often it was asked
  private newest = 0; // the look that is shown
  private present = "";
  private held = ""; // what is said while a text holds back another discussion
  private stood: State = "asking";
  private readonly clock: Clock;
  private readonly window: Venster;

  constructor(
    private readonly page: HTMLElement,
    private readonly signal: AbortSignal,
  ) {
    this.topic = page.dataset.onderwerp ?? "";
    this.url = page.dataset.live ?? "";
    this.last = Number(page.dataset.laatste);
    this.clock = new Clock(page.dataset.nu);
    for (const part of parts(page)) this.sources.set(part.id, part.outerHTML);
    this.soon = new Timer(SOON, () => void this.look(), signal);
    this.again = new Timer(AGAIN, () => void this.look(), signal);
    this.again.start();
    this.passing = new Timer(BACK_FOR, () => this.tell(this.held), signal);
    this.hushing = new Timer(BACK_FOR, () => this.write("[data-zegt]", ""), signal);
    this.window = new Venster(
      (said) => this.done(said),
      () => heading(page),
      signal,
    );
    const ticking = window.setInterval(() => this.tick(), TICK);
    page.addEventListener("submit", (event) => this.submit(event), { signal });
    page.addEventListener("input", (event) => this.typed(event), { signal });
    page.addEventListener("click", (event) => this.click(event), { signal });
    page.addEventListener("geplaatst", () => this.take(), { signal });
    signal.addEventListener("abort", () => {
      window.clearInterval(ticking);
      line.leave(this.topic);
    });
    line.follow(this);
  }

  /** Questions come slowly enough by themselves: who asks is not kept waiting. */
  take(): void {
    const wait = this.stood === "asking" ? 0 : this.looked + LATER - Date.now();
    if (wait <= 0) this.soon.start();
    else window.setTimeout(() => this.soon.start(), wait);
  }

  own(): void {
    // Nothing of it comes over the line: the page is the reader's own.
  }

  here(company: Company): void {
    this.present = counted(colleagues(company, this.page.dataset.ik ?? ""));
    this.write("[data-aanwezig]", this.present);
  }

  gone(): void {
    this.again.stop();
    line.leave(this.topic);
    ended(this.page, "Dit is gesloten. Er is hier voor u niets meer te zien.");
    const home = document.createElement("a");
    home.className = "utrecht-link utrecht-link--html-a";
    home.href = "/";
    home.textContent = "Naar de startpagina";
    this.page.append(home);
  }

  state(state: State, at: Date): void {
    if (state === this.stood) return;
    const works = state === "open" || state === "asking";
    const worked = this.stood === "open" || this.stood === "asking";
    this.stood = state;
    if (!works || !worked) this.tell(works ? BACK : this.clock.standing(state, at));
  }

  /** What the reader must know; what was done, and that the line works again, is said for a while. */
  private tell(sentence: string, passes = sentence === BACK): void {
    this.write("[data-lijn]", sentence);
    if (passes) this.passing.start();
    else this.passing.stop();
  }

  /** Takes back what was told, unless something else is told by now. */
  private untell(sentence: string): void {
    if (this.page.querySelector("[data-lijn]")?.textContent === sentence) this.tell(this.held);
  }

  /** Reads the page anew and takes over what differs; an answer that a later one overtook is let go. */
  private async look(): Promise<void> {
    const look = ++this.looks;
    this.looked = Date.now();
    this.again.start();
    try {
      const response = await fetch(this.url, {
        headers: { Accept: "text/html", ...BY_ITSELF },
        credentials: "same-origin",
        redirect: "error",
        signal: AbortSignal.timeout(ANSWER),
      });
      const html = await response.text();
      if (look < this.newest) return;
      this.newest = look;
      if (response.ok) this.show(html);
      else if (response.status === 404) this.gone();
    } catch {
      // No connection: the line says so, and looks again when it is back.
    }
  }

  private show(html: string): void {
    if (this.signal.aborted) return;
    const answer = parse(html);
    const said: string[] = [];
    for (const fresh of parts(answer)) {
      const old = document.getElementById(fresh.id);
      if (!old) continue;
      if (fresh.dataset.deel === "gesprek") {
        this.talk(old, fresh);
      } else if (this.sources.get(fresh.id) !== fresh.outerHTML) {
        this.sources.set(fresh.id, fresh.outerHTML);
        if (fresh.dataset.zeg && fresh.dataset.zeg !== old.dataset.zeg) said.push(fresh.dataset.zeg);
        this.exchange(old, fresh);
      }
    }
    document.querySelector(BELL)?.replaceChildren(...(answer.querySelector(BELL)?.childNodes ?? []));
    this.write("[data-aanwezig]", this.present);
    if (said.length > 0) this.announce(said.join(". "));
  }

  /** Another item has another discussion. Who is writing is not disturbed. */
  private talk(old: HTMLElement, fresh: HTMLElement): void {
    const elsewhere = old.dataset.punt !== fresh.dataset.punt;
    const held =
      elsewhere && writingIn(old) ? ELSEWHERE.replace("{titel}", () => old.dataset.titel ?? "") : "";
    const before = this.held;
    this.held = held;
    if (held !== "" && held !== before) this.tell(held);
    if (held === "") this.untell(before);
    if (elsewhere && held === "") keepingFocus(old, fresh);
  }

  /** The text that held back another discussion is gone. */
  private typed(event: Event): void {
    const part = event.target instanceof Element && event.target.closest<HTMLElement>("[data-deel=gesprek]");
    if (this.held !== "" && part && !writingIn(part)) this.take();
  }

  private exchange(old: HTMLElement, fresh: HTMLElement): void {
    const chosen = [...old.querySelectorAll<HTMLInputElement>("input:checked")].map((box) => box.id);
    keepingFocus(old, fresh);
    for (const id of chosen) {
      const box = fresh.querySelector<HTMLInputElement>(`#${CSS.escape(id)}`);
      if (box) box.checked = true;
    }
  }

  /** An act goes up without leaving the page; the discussion sends its own. */
  private submit(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    const part = form.closest<HTMLElement>("[data-deel]");
    if (!part || part.dataset.deel === "gesprek" || !form.getAttribute("action")?.startsWith(this.url))
      return;
    event.preventDefault();
    void this.act(form);
  }

  private async act(form: HTMLFormElement): Promise<void> {
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    try {
      const response = await post(form.action, fields(form), "application/json", {});
      if (response.status === 422) this.show(await response.text());
      else await this.look();
      if (!response.ok && response.status !== 422) this.announce("Dat kan nu niet. U ziet de stand van nu.");
    } catch {
      this.tell("Niet gelukt: er is geen verbinding. Probeer het nog eens.");
    } finally {
      form.ariaBusy = null;
    }
  }

  /** What waits for the chair is decided here, unless another window is wanted. */
  private click(event: MouseEvent): void {
    const link =
      event.target instanceof Element && event.target.closest<HTMLAnchorElement>("a[data-oordeel]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void this.window.open(link.href);
  }

  private done(said: string): void {
    this.tell(said, true);
    this.soon.start();
  }

  private tick(): void {
    for (const place of this.page.querySelectorAll<HTMLElement>("[data-loopt]")) {
      const seconds = Number(place.dataset.loopt) + 1;
      place.dataset.loopt = String(seconds);
      place.textContent = `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, "0")}`;
    }
  }

  /** Says something to a screen reader. */
  private announce(sentence: string): void {
    this.write("[data-zegt]", sentence);
    this.hushing.start();
  }

  private write(selector: string, sentence: string): void {
    const place = this.page.querySelector(selector);
    if (place && place.textContent !== sentence) place.textContent = sentence;
  }
}

/** What is at hand, where the focus can go. */
function heading(page: HTMLElement): HTMLElement | null {
  const head = page.querySelector<HTMLElement>("h1");
  if (head) head.tabIndex = -1;
  return head;
}

function parts(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("[data-deel]")];
}

function writingIn(talk: HTMLElement): boolean {
  return [...talk.querySelectorAll("textarea")].some((box) => box.value.trim() !== "");
}

/** Puts fresh in the place of old. Who had the focus there keeps it. */
function keepingFocus(old: HTMLElement, fresh: HTMLElement): void {
  const focus = old.contains(document.activeElement) ? nameOf(document.activeElement) : "";
  replace(old, fresh);
  if (focus === "") return;
  const controls = [...fresh.querySelectorAll<HTMLElement>("button, a, input, textarea")];
  const same = controls.find((control) => nameOf(control) === focus);
  if (!same) fresh.tabIndex = -1;
  (same ?? fresh).focus();
}

/** What a control is, whatever part of the page it stands in. */
function nameOf(control: Element | null): string {
  if (!control) return "";
  const form = control.closest("form")?.getAttribute("action") ?? "";
  return control.id || `${form} ${control.textContent?.trim()}`;
}
