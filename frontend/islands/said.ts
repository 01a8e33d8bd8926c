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

/** How the line stands, as people read it; at is when what is shown was right. */
export function standing(state: State, at: Date): string {
  const hour = at.toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
  return LINE[state].replace("{uur}", hour);
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
