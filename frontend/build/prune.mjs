import postcss from "postcss";
import selectors from "postcss-selector-parser";

const LIBRARY = /^utrecht-/;

/**
 * Removes what cannot change how a page looks: rules of the component library
 * that ask for a class which no source of ours names, and custom properties
 * that nothing reads. What remains renders as before.
 */
export function prune(css, words) {
  const root = postcss.parse(css);
  const prefixes = [...words].filter((word) => word.endsWith("-") && LIBRARY.test(word));
  const used = (name) => !LIBRARY.test(name) || words.has(name) || prefixes.some((p) => name.startsWith(p));
  dropRules(root, used);
  dropProperties(root);
  dropEmpty(root);
  return root.toString();
}

function dropRules(root, used) {
  root.walkRules((rule) => {
    if (rule.parent.type === "atrule" && rule.parent.name.endsWith("keyframes")) return;
    const list = selectors().astSync(rule.selector);
    for (const branch of [...list.nodes]) {
      // Only classes outside :is(), :not() and the like: those a match cannot do without.
      if (branch.nodes.some((node) => node.type === "class" && !used(node.value))) branch.remove();
    }
    if (list.nodes.length === 0) rule.remove();
    else rule.selector = list.toString();
  });
}

function dropProperties(root) {
  for (;;) {
    const read = new Set();
    root.walkDecls((decl) => {
      for (const [, name] of decl.value.matchAll(/var\(\s*(--[\w-]+)/g)) read.add(name);
    });
    let dropped = 0;
    root.walkDecls(/^--/, (decl) => {
      if (read.has(decl.prop)) return;
      decl.remove();
      dropped++;
    });
    if (dropped === 0) return;
  }
}

function dropEmpty(root) {
  root.walkComments((comment) => comment.remove());
  root.walkRules((rule) => {
    if (rule.nodes.length === 0) rule.remove();
  });
  root.walkAtRules((rule) => {
    if (rule.nodes?.length === 0) rule.remove();
  });
}
