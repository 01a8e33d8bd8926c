// What was typed and not sent is not lost without a word: the browser asks before
// the page goes. Nothing is kept in the browser, and there is no question where
// nothing would be lost.

const TYPED = "form[method=post] textarea";
const KEEPS_ITSELF = "[data-island=concept]"; // a form that is kept while one types
const NOT_KEPT = "onbewaard";
const ASK = "Uw tekst is nog niet verstuurd. Wilt u toch stoppen?";

let leaving: HTMLFormElement | undefined;

/** Marks a form whose text came back from the server, which did not keep it. */
export function cameBack(form: HTMLFormElement): void {
  form.dataset[NOT_KEPT] = "";
}

/** Tells that the page goes because this form is sent. */
export function sent(form: HTMLFormElement): void {
  leaving = form;
}

/** Asks whether what is typed in root and was not sent may go; true when there is nothing. */
export function mayGo(root: ParentNode): boolean {
  return !unsent(root) || window.confirm(ASK);
}

/** Asks before the page goes, from the moment that there is something to lose. */
export function watch(): void {
  const again = document.querySelector("main[data-opnieuw]");
  const shown = [...(again?.querySelectorAll("form") ?? [])].find((form) => form.action === location.href);
  if (shown) cameBack(shown);
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) sent(event.target as HTMLFormElement);
  });
  document.addEventListener("input", listen);
  window.addEventListener("pageshow", listen); // a browser that goes back fills in what was typed
}

/** A page that always listens is one to which no browser goes back as it was left. */
function listen(): void {
  leaving = undefined;
  window.removeEventListener("beforeunload", ask);
  if (unsent(document)) window.addEventListener("beforeunload", ask);
}

function ask(event: BeforeUnloadEvent): void {
  if (unsent(document)) event.preventDefault();
}

function unsent(root: ParentNode): boolean {
  return [...root.querySelectorAll<HTMLTextAreaElement>(TYPED)].some((box) => {
    const form = box.form;
    if (!form || form === leaving || form.matches(KEEPS_ITSELF)) return false;
    const kept = NOT_KEPT in form.dataset ? "" : box.defaultValue;
    return box.value.trim() !== kept.trim();
  });
}
