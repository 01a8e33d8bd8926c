import "@github/markdown-toolbar-element";
import { subscribe } from "@github/paste-markdown";
import { hasStructure, toMarkdown } from "./markdown.ts";

/**
 * Makes a field for Markdown comfortable: a toolbar, and pasting from Word,
 * Outlook or a spreadsheet keeps headings, lists and tables.
 *
 * Around the field: data-island="opmaak", with <template data-knoppen> for the
 * toolbar, which without scripts is not there.
 */
export class Opmaak {
  constructor(element: HTMLElement, signal: AbortSignal) {
    const field = element.querySelector("textarea");
    const template = element.querySelector<HTMLTemplateElement>("template[data-knoppen]");
    if (!field) return;
    if (template) field.before(template.content.cloneNode(true));
    field.addEventListener("paste", (event) => paste(field, event), { signal });
    const links = subscribe(field);
    signal.addEventListener("abort", () => links.unsubscribe());
  }
}

/** Pastes what has structure as Markdown; text without HTML is left to paste-markdown. */
function paste(field: HTMLTextAreaElement, event: ClipboardEvent): void {
  const html = event.clipboardData?.getData("text/html") ?? "";
  if (!html) return;
  event.stopImmediatePropagation(); // without structure the browser pastes the words
  const text = hasStructure(html) ? toMarkdown(html) : "";
  if (!text) return;
  event.preventDefault();
  insert(field, text);
}

/** Types the text, so that it can be undone. */
function insert(field: HTMLTextAreaElement, text: string): void {
  field.focus();
  if (document.execCommand("insertText", false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
