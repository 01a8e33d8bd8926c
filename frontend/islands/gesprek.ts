import { BY_ITSELF, fields, fieldsBy, parse, post, whyNot } from "./form.ts";
import { type Company, type Follower, type Frame, line, type Mine, type State } from "./line.ts";
import { cameBack, sent } from "./onverzonden.ts";
import { BACK, BACK_FOR, Clock, colleagues, counted, ended } from "./said.ts";
import { Timer } from "./timer.ts";
import { Venster } from "./venster.ts";

const TELL_AFTER = 2000; // milliseconds: several messages are told as one
const NAMED = 6; // colleagues that are named
const ANSWER = "antwoord"; // field with the message that is answered
const READ_AFTER = 3000; // of looking at them
const REFUSED = ".rs-errors"; // what was wrong with a form

/**
 * A discussion that goes on by itself: what others write appears, what one
 * writes goes up without leaving the page, and when the line is lost the page
 * says so and keeps what was typed.
 *
 * On the section: data-island="gesprek" data-onderwerp="topic" data-gesprek="address"
 * data-laatste="number" data-nu="time". Inside it: [data-berichten] (the list), [data-verbinding]
 * (role=status, how the line stands; not where the page around it says so), [data-nieuws] (role=status, what came),
 * [data-aanwezig] (who is there), the form of reactions, [data-schrijf] around the
 * form of a message, [data-nieuw] (what marks messages as new), and in a message
 * links to its page: a[data-beantwoord] (to answer it), others open in a window.
 */
export class Gesprek implements Follower {
  readonly topic: string;
  readonly url: string;
  last: number;
  private readonly list: HTMLElement | null;
  private readonly telling: Timer;
  private readonly reading: Timer;
  private readonly passing: Timer;
  private readonly sent = new Set<number>();
  private came: number[] = []; // messages that were not told yet
  private stood: State = "asking";
  private readonly clock: Clock;
  private opened = ""; // id of the message that the window is about
  private readonly window: Venster;
  private readonly blank: HTMLFormElement | undefined; // the form before anything is written in it

  constructor(
    private readonly section: HTMLElement,
    signal: AbortSignal,
  ) {
    this.topic = section.dataset.onderwerp ?? "";
    this.url = section.dataset.gesprek ?? "";
    this.last = Number(section.dataset.laatste);
    this.clock = new Clock(section.dataset.nu);
    this.list = section.querySelector("[data-berichten]");
    this.blank = blankOf(section);
    this.window = new Venster(
      (said) => this.acted(said),
      () => focusable(document.getElementById(this.opened) ?? section),
      signal,
    );
    this.telling = new Timer(TELL_AFTER, () => this.tell(), signal);
    this.reading = new Timer(READ_AFTER, () => void this.read(), signal);
    this.passing = new Timer(BACK_FOR, () => this.connection("", false), signal);
    section.addEventListener("submit", (event) => this.submit(event), { signal });
    section.addEventListener("click", (event) => this.click(event), { signal });
    signal.addEventListener("abort", () => line.leave(this.topic));
    line.follow(this);
  }

  take(frame: Frame): void {
    const answer = parse(frame.html);
    const fresh = answer.querySelector<HTMLElement>("li");
    if (!fresh || !this.list) return;
    const old = document.getElementById(fresh.id);
    if (old && this.list.contains(old)) this.replace(old, fresh);
    else this.append(fresh, frame);
    this.reading.start();
  }

  own(mine: Mine): void {
    for (const row of this.list?.querySelectorAll<HTMLElement>("li[data-nr]") ?? []) {
      const number = row.dataset.nr ?? "";
      if (mine.eigen.includes(Number(number))) this.more(row, number);
      for (const button of row.querySelectorAll<HTMLButtonElement>("button[form]"))
        press(button, mine.gaf[number]?.includes(button.name) ?? false);
    }
  }

  here(company: Company): void {
    const place = this.section.querySelector("[data-aanwezig]");
    const sentence = present(company, this.section.dataset.ik ?? "");
    if (place && place.textContent !== sentence) place.textContent = sentence;
  }

  gone(): void {
    this.window.close();
    ended(this.section, "Dit gesprek is er niet meer voor u.");
  }

  state(state: State, at: Date): void {
    if (state === this.stood) return;
    const works = state === "open" || state === "asking";
    const worked = this.stood === "open" || this.stood === "asking";
    this.stood = state;
    if (!works || !worked) this.connection(works ? BACK : this.clock.standing(state, at), !works);
    if (works && !worked) this.say(""); // what failed for want of a connection
    if (state === "open") line.refresh(this.topic);
  }

  /** How the line stands; that it works again is said for a while. */
  private connection(sentence: string, away: boolean): void {
    const place = this.section.querySelector("[data-verbinding]");
    if (!place) return;
    place.textContent = sentence;
    place.toggleAttribute("data-weg", away);
    if (sentence === BACK) this.passing.start();
    else this.passing.stop();
  }

  /** Whoever has the focus inside a message keeps it. */
  private replace(old: HTMLElement, fresh: HTMLElement): void {
    const pressed = [...old.querySelectorAll<HTMLButtonElement>("button[aria-pressed]")].map((b) => b.name);
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const name = focused instanceof HTMLButtonElement ? focused.name : "";
    if (old.id === this.opened && textOf(old) !== textOf(fresh)) this.window.close(); // it shows the old text
    if (leadsOn(old)) this.more(fresh, fresh.dataset.nr ?? "");
    old.replaceWith(fresh);
    for (const button of fresh.querySelectorAll<HTMLButtonElement>("button[form]"))
      press(button, pressed.includes(button.name));
    if (focused) (fresh.querySelector<HTMLElement>(`button[name="${name}"]`) ?? focusable(fresh)).focus();
  }

  private append(fresh: HTMLElement, frame: Frame): void {
    this.section.querySelector("[data-leeg]")?.remove();
    this.list?.append(fresh);
    if (this.sent.has(frame.n)) this.more(fresh, String(frame.n));
    this.came.push(frame.n);
    this.telling.start();
  }

  /** One's own message often comes before the answer that says it is. */
  private tell(): void {
    const count = this.came.filter((n) => !this.sent.has(n)).length;
    this.came = [];
    if (count > 0) this.say(count === 1 ? "1 nieuwe reactie" : `${count} nieuwe reacties`);
  }

  /** What is the same for everybody does not lead to what only its author can do. */
  private more(row: HTMLElement, number: string): void {
    const acts = row.querySelector(".rs-actions");
    if (!acts || row.querySelector("[data-meer]") || acts.lastElementChild?.textContent?.startsWith("Meer"))
      return;
    const link = document.createElement("a");
    link.className = "rs-quiet rs-no-print";
    link.href = `${this.url}/${number}`;
    const about = document.createElement("span");
    about.className = "rs-hidden";
    about.textContent = `: reactie ${number}`;
    link.append("Meer", about);
    acts.querySelector('a[href$="#herkenbaar"]')?.remove(); // nobody flags a message of their own
    acts.append(link);
  }

  /** What came while one looked at it is read. */
  private async read(): Promise<void> {
    if (document.visibilityState === "hidden" || this.stood === "out") return;
    const token = this.section.querySelector<HTMLInputElement>("input[name=_token]")?.value ?? "";
    const body = new URLSearchParams({ _token: token, tot: String(this.last) });
    await post(`${this.url}/gelezen`, body, "application/json", {}, BY_ITSELF).catch(() => undefined);
  }

  /** The reader says that all was read: nothing is marked as new any more. */
  private async seen(form: HTMLFormElement): Promise<void> {
    try {
      const response = await post(form.action, fields(form), "application/json", {});
      if (!response.ok) return;
      for (const mark of this.section.querySelectorAll("[data-nieuw]")) mark.remove();
      form.remove();
      const head = this.section.querySelector<HTMLElement>("h2");
      if (head) focusable(head).focus({ preventScroll: true });
    } catch {
      this.say("Niet gelukt: er is geen verbinding.");
    }
  }

  private submit(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    if (form.closest("[data-schrijf]")) {
      event.preventDefault();
      void this.write(form, event.submitter);
    } else if (event.submitter?.getAttribute("form") === form.id) {
      event.preventDefault();
      void this.react(form, event.submitter as HTMLButtonElement);
    } else if (form.getAttribute("action") === `${this.url}/gelezen`) {
      event.preventDefault();
      void this.seen(form);
    }
  }

  /** What is done with a message is done here, unless the reader wants another window. */
  private click(event: MouseEvent): void {
    const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>(".rs-actions a");
    const row = link ? link.closest<HTMLElement>("li[data-nr]") : null;
    if (!link || !row || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if ("beantwoord" in link.dataset) {
      if (this.answer(row.dataset.nr ?? "")) event.preventDefault();
      return;
    }
    event.preventDefault();
    this.opened = row.id;
    void this.window.open(link.href);
  }

  /** What was done with a message shows when it comes down the line. */
  private acted(said: string): void {
    this.say(said);
    line.refresh(this.topic);
  }

  /** Makes what is written an answer to a message; false when nothing can be written here. */
  private answer(number: string): boolean {
    const form = this.section.querySelector<HTMLFormElement>("[data-schrijf] form");
    const row = this.list?.querySelector(`li[data-nr="${number}"]`);
    if (!form || !row) return false;
    this.answered(form);
    const to = document.createElement("input");
    to.type = "hidden";
    to.name = ANSWER;
    to.value = number;
    const line = document.createElement("p");
    line.className = "rs-small";
    line.dataset.antwoord = number;
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "rs-quiet";
    drop.textContent = "Toch geen antwoord";
    drop.addEventListener("click", () => {
      this.answered(form);
      form.querySelector("textarea")?.focus();
    });
    line.append(`Antwoord op ${row.querySelector("b")?.textContent ?? ""}. `, drop);
    form.prepend(line, to);
    form.querySelector("textarea")?.focus();
    return true;
  }

  /** What is written answers nothing. */
  private answered(form: HTMLFormElement): void {
    for (const part of form.querySelectorAll(`input[name="${ANSWER}"], [data-antwoord]`)) part.remove();
  }

  /** The key in the form makes a second attempt the same message. */
  private async write(form: HTMLFormElement, by: HTMLElement | null): Promise<void> {
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    try {
      const body = fieldsBy(form, by);
      const response = await post(form.action, body, "application/json", {});
      const kind = response.headers.get("Content-Type") ?? "";
      if (response.status === 401) {
        sent(form);
        form.submit(); // signing in carries the text along
      } else if (kind.startsWith("application/json")) await this.written(form, response, body);
      else this.redraw(form, await response.text());
    } catch {
      this.say("Niet geplaatst: er is geen verbinding. Uw tekst staat nog in het formulier.");
    } finally {
      form.ariaBusy = null;
    }
  }

  private async written(form: HTMLFormElement, response: Response, said: URLSearchParams): Promise<void> {
    const answer = (await response.json()) as { n: number; sleutel: string };
    this.sent.add(answer.n);
    const row = this.list?.querySelector<HTMLElement>(`li[data-nr="${answer.n}"]`);
    if (row) this.more(row, String(answer.n)); // it came before this answer
    this.anew(form, answer.sleutel, said);
    this.say("Uw reactie is geplaatst.");
    this.section.dispatchEvent(new Event("geplaatst", { bubbles: true }));
    line.refresh(this.topic);
  }

  /** A form for the next message. What was typed since the last one went up stays. */
  private anew(form: HTMLFormElement, key: string, said: URLSearchParams): void {
    const typed = control(form, "tekst").value;
    const more = typed !== said.get("tekst")?.replaceAll("\r\n", "\n");
    if (!this.blank) {
      if (!more) sent(form);
      location.assign(this.url);
      return;
    }
    const fresh = this.blank.cloneNode(true) as HTMLFormElement;
    control(fresh, "sleutel").value = key;
    if (more) control(fresh, "tekst").value = typed;
    const focused = form.contains(document.activeElement);
    form.replaceWith(fresh);
    if (focused) control(fresh, "tekst").focus({ preventScroll: true });
  }

  /** The form again, with what is wrong with it; or why there is none. */
  private redraw(form: HTMLFormElement, html: string): void {
    const answer = parse(html);
    const action = form.getAttribute("action");
    const fresh = [...answer.forms].find((one) => one.getAttribute("action") === action);
    if (!fresh) {
      this.say(`Niet geplaatst. ${whyNot(answer)} Uw tekst staat nog in het formulier.`);
      return;
    }
    const to = form.querySelector<HTMLElement>("[data-antwoord]")?.dataset.antwoord;
    cameBack(fresh);
    form.replaceWith(fresh);
    if (to) this.answer(to);
    fresh.querySelector<HTMLElement>(`${REFUSED}, textarea`)?.focus();
  }

  private async react(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
    const body = fieldsBy(form, button);
    const given = button.getAttribute("aria-pressed") === "true";
    const same = `button[name="${button.name}"][value="${button.value}"]`;
    try {
      const response = await post(form.action, body, "application/json", {});
      if (!response.ok) {
        this.say(`Niet gelukt. ${whyNot(parse(await response.text()))}`);
        return;
      }
      const shown = this.list?.querySelector<HTMLButtonElement>(same); // the message may have been drawn anew
      if (shown) press(shown, !given);
      line.refresh(this.topic);
    } catch {
      this.say("Niet gelukt: er is geen verbinding.");
    }
  }

  private say(sentence: string): void {
    const place = this.section.querySelector("[data-nieuws]");
    if (place) place.textContent = sentence;
  }
}

/** Who is there: members see who, and how many of each role from outside. */
function present(company: Company, reader: string): string {
  const others = colleagues(company, reader);
  const count = counted(others);
  const named = count !== "" && others.length <= NAMED ? `${count}: ${others.join(", ")}` : count;
  const roles = company.rollen ? `Nu hier: ${company.rollen.join(", ")}` : "";
  return [named, roles].filter(Boolean).join(". ");
}

function textOf(row: HTMLElement): string | undefined {
  return row.querySelector(".rs-talk__text")?.textContent ?? undefined;
}

/** Whether the message leads to what only its author or the chair can do. */
function leadsOn(row: HTMLElement): boolean {
  return row.querySelector(".rs-actions")?.lastElementChild?.textContent?.startsWith("Meer") ?? false;
}

/** A copy of the form of a message; none when the page came with a refused one. */
function blankOf(section: HTMLElement): HTMLFormElement | undefined {
  const form = section.querySelector<HTMLFormElement>("[data-schrijf] form");
  if (!form || form.querySelector(REFUSED)) return undefined;
  const blank = form.cloneNode(true) as HTMLFormElement;
  blank.reset(); // a browser that opens a page again fills in what was typed
  return blank;
}

function control(form: HTMLFormElement, name: string): HTMLInputElement | HTMLTextAreaElement {
  return form.elements.namedItem(name) as HTMLInputElement | HTMLTextAreaElement;
}

function press(button: HTMLButtonElement, pressed: boolean): void {
  if (pressed) button.setAttribute("aria-pressed", "true");
  else button.removeAttribute("aria-pressed");
}

function focusable(element: HTMLElement): HTMLElement {
  element.tabIndex = -1;
  return element;
}
