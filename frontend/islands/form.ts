/** Marks a request that nobody asked for: it does not keep the session alive. */
export const BY_ITSELF = { "X-By-Itself": "1" };

/** The fields of a form as a browser would post them, files left out. */
export function fields(form: HTMLFormElement, names?: readonly string[]): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string") continue;
    if (names && !names.includes(name)) continue;
    body.append(name, value);
  }
  return body;
}

/** The fields as a button posts them, whose own value goes along. */
export function fieldsBy(form: HTMLFormElement, by: HTMLElement | null): URLSearchParams {
  const body = fields(form);
  if (by instanceof HTMLButtonElement && by.name) body.append(by.name, by.value);
  return body;
}

/** A page that the server answered. */
export function parse(html: string): Document {
  return new DOMParser().parseFromString(html, "text/html");
}

/** Why something could not be done, as the page that the server answered says it. */
export function whyNot(page: Document): string {
  return page.querySelector("[data-waarom]")?.textContent ?? "Probeer het nog eens.";
}

/** Within how many milliseconds an answer comes: a dead line keeps nobody waiting. */
export const ANSWERED_WITHIN = 10_000;

/**
 * Posts as a form does; the server tells a script by the Accept header. It
 * fails when no answer comes in time, unless options hold a signal of their own.
 */
export function post(
  url: string,
  body: URLSearchParams,
  accept: string,
  options: RequestInit,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    body,
    headers: { Accept: accept, ...headers },
    credentials: "same-origin",
    redirect: "error",
    signal: AbortSignal.timeout(ANSWERED_WITHIN),
    ...options,
  });
}
