// HTML of a clipboard as Markdown: headings, lists, tables, bold, italic and
// links are kept, everything else becomes its words. Word and Outlook write
// lists as paragraphs with a class or style of their own.

const HEADING = /^H([1-6])$/;
const WORD_LIST = /mso-list:\s*l\d+ level(\d+)/i;
const WORD_HEADING = /mso-outline-level:\s*(\d)|^(?:MsoHeading|Kop|Heading)\s*(\d)/i;
const BLOCKS = new Set([
  "P",
  "DIV",
  "SECTION",
  "ARTICLE",
  "BLOCKQUOTE",
  "PRE",
  "UL",
  "OL",
  "TABLE",
  "BR",
  "HR",
]);

/** Tells whether the HTML holds what plain text would lose. */
export function hasStructure(html: string): boolean {
  return (
    /<(h[1-6]|ul|ol|table|strong|b|em|i|a)[\s>]/i.test(html) ||
    WORD_LIST.test(html) ||
    /MsoHeading|mso-outline-level/i.test(html)
  );
}

/** The HTML as Markdown, or empty when nothing is in it. Nothing of it runs. */
export function toMarkdown(html: string): string {
  // The policy of the page would report each style; they only say what Word means.
  const unstyled = html.replace(/(\s)style\s*=/gi, "$1data-style=");
  const body = new DOMParser().parseFromString(unstyled, "text/html").body;
  for (const gone of body.querySelectorAll("script, style, meta, title, head, xml")) gone.remove();
  return tidy(blocks(body, 0));
}

function tidy(text: string): string {
  return text
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** The children of an element as blocks of Markdown. */
function blocks(parent: Node, depth: number): string {
  let out = "";
  let line = "";
  const flush = () => {
    const words = line.replace(/[ \t\n]+/g, " ").trim();
    if (words) out += `\n\n${words}`;
    line = "";
  };
  for (const node of parent.childNodes) {
    if (!(node instanceof HTMLElement) || !isBlock(node)) {
      line += inline(node);
      continue;
    }
    flush();
    out += block(node, depth);
  }
  flush();
  return out;
}

function isBlock(element: HTMLElement): boolean {
  return (
    BLOCKS.has(element.tagName) ||
    HEADING.test(element.tagName) ||
    element.querySelector("p, div, ul, ol, table, h1, h2, h3, h4") !== null
  );
}

function block(element: HTMLElement, depth: number): string {
  const level = headingLevel(element);
  if (level > 0) return `\n\n${"#".repeat(Math.min(level + 1, 6))} ${words(element)}`;
  const item = wordItem(element);
  if (item) return item;
  switch (element.tagName) {
    case "UL":
    case "OL":
      return `${depth === 0 ? "\n\n" : "\n"}${list(element, depth)}`;
    case "TABLE":
      return `\n\n${table(element)}`;
    case "BR":
    case "HR":
      return "\n";
    default:
      return blocks(element, depth);
  }
}

function headingLevel(element: HTMLElement): number {
  const tag = HEADING.exec(element.tagName);
  if (tag) return Number(tag[1]);
  const word = WORD_HEADING.exec(`${element.className} ${element.getAttribute("data-style") ?? ""}`);
  return word && element.tagName === "P" ? Number(word[1] ?? word[2]) : 0;
}

/** A paragraph that Word means as an item of a list. */
function wordItem(element: HTMLElement): string {
  const style = WORD_LIST.exec(element.getAttribute("data-style") ?? "");
  if (!style) return "";
  const copy = element.cloneNode(true) as HTMLElement;
  let mark = "";
  for (const bullet of copy.querySelectorAll<HTMLElement>(
    "[data-style*='mso-list:Ignore' i], [data-style*='mso-list: Ignore' i]",
  )) {
    mark = bullet.textContent ?? "";
    bullet.remove();
  }
  const sign = /^\s*(\d+|[a-z])[.)]/i.test(mark) ? "1." : "-";
  return `\n${"   ".repeat(Number(style[1]) - 1)}${sign} ${words(copy)}`;
}

function list(element: HTMLElement, depth: number): string {
  const ordered = element.tagName === "OL";
  const indent = "   ".repeat(depth);
  const items: string[] = [];
  for (const child of element.children) {
    if (child instanceof HTMLElement && (child.tagName === "UL" || child.tagName === "OL")) {
      items.push(list(child, depth + 1));
      continue;
    }
    if (!(child instanceof HTMLElement) || child.tagName !== "LI") continue;
    const nested = [...child.children].filter(
      (c): c is HTMLElement => c instanceof HTMLElement && /^[UO]L$/.test(c.tagName),
    );
    const copy = child.cloneNode(true) as HTMLElement;
    for (const inner of copy.querySelectorAll("ul, ol")) inner.remove();
    items.push(`${indent}${ordered ? `${items.length + 1}.` : "-"} ${words(copy)}`);
    for (const inner of nested) items.push(list(inner, depth + 1));
  }
  return items.join("\n");
}

function table(element: HTMLElement): string {
  const rows = [...element.querySelectorAll("tr")].map((row) =>
    [...row.querySelectorAll<HTMLElement>("th, td")].map((cell) => words(cell).replaceAll("|", "\\|")),
  );
  const width = Math.max(...rows.map((row) => row.length), 0);
  const [head, ...rest] = rows;
  if (!head || width === 0) return "";
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, i) => cells[i] ?? "").join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(width)}`, ...rest.map(line)].join("\n");
}

/** The words of an element on one line, with their emphasis and links. */
function words(element: Node): string {
  return [...element.childNodes]
    .map(inline)
    .join(" ")
    .replace(/\s+/g, " ")
    .replace(/ ([.,;:!?)])/g, "$1")
    .trim();
}

function inline(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? "").replace(/[\s\u00a0]+/g, " ");
  if (!(node instanceof HTMLElement)) return "";
  if (node.tagName === "BR") return " ";
  const inner = [...node.childNodes].map(inline).join("");
  const bare = inner.trim();
  if (!bare) return inner;
  const around = (sign: string) => inner.replace(bare, () => `${sign}${bare}${sign}`);
  switch (node.tagName) {
    case "B":
    case "STRONG":
      return around("**");
    case "I":
    case "EM":
      return around("_");
    case "A":
      return link(node, inner, bare);
    default:
      return inner;
  }
}

function link(node: HTMLElement, inner: string, bare: string): string {
  const href = node.getAttribute("href") ?? "";
  return /^https?:\/\//i.test(href)
    ? inner.replace(bare, () => `[${bare}](${href.replaceAll(")", "%29")})`)
    : inner;
}
