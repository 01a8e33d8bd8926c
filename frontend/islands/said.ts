// What a discussion and the page of a running meeting both say.
import type { Company, State } from "./line.ts";

/** That the line works again, and for how many milliseconds it is said. */
export const BACK = "Weer verbonden";
export const BACK_FOR = 10_000;

const LINE: Record<State, string> = {
  open: "",
  asking: "",
  lost: "Geen verbinding. Uw tekst is bewaard. Stand van {uur} uur.",
  out: "U bent niet meer ingelogd. Uw tekst staat nog in het formulier.",
};

/** The clock of the server, whatever this machine's says: now is the time at which it made the page. */
export class Clock {
  private readonly ahead: number;

  constructor(now: string | undefined) {
    const made = Date.parse(now ?? "");
    this.ahead = Number.isNaN(made) ? 0 : made - Date.now();
  }

  /** How the line stands, as people read it; at is when what is shown was right, by this machine. */
  standing(state: State, at: Date): string {
    const hour = new Date(at.getTime() + this.ahead).toLocaleTimeString("nl-NL", {
      hour: "2-digit",
      minute: "2-digit",
      timeZone: "Europe/Amsterdam",
    });
    return LINE[state].replace("{uur}", hour.replace(":", "."));
  }
}

/** The members who are there beside the reader, who is no colleague of theirs. */
export function colleagues(company: Company, reader: string): string[] {
  return (company.namen ?? []).filter((name) => name !== reader);
}

/** How many they are; empty when there is nobody. */
export function counted(colleagues: readonly string[]): string {
  if (colleagues.length === 0) return "";
  return colleagues.length === 1 ? "1 collega is er" : `${colleagues.length} collega's zijn er`;
}

/** Says that what stood in root is over. What was typed there and not placed stays to be copied. */
export function ended(root: HTMLElement, sentence: string): void {
  const boxes = [...root.querySelectorAll<HTMLElement>("textarea, [data-ongeplaatst]")];
  const typed = boxes.map((box) => textOf(box).trim()).filter(Boolean);
  const notice = document.createElement("p");
  notice.setAttribute("role", "status");
  notice.textContent = sentence;
  root.replaceChildren(notice);
  for (const text of typed) {
    const head = document.createElement("p");
    head.className = "rs-small rs-muted";
    head.textContent = "Dit had u nog niet geplaatst:";
    const kept = document.createElement("p");
    kept.className = "rs-text";
    kept.dataset.ongeplaatst = "";
    kept.textContent = text;
    root.append(head, kept);
  }
}

/** What is typed in a box, or was and is kept. */
function textOf(box: HTMLElement): string {
  return box instanceof HTMLTextAreaElement ? box.value : (box.textContent ?? "");
}
