/** html-validate's rules, and why a few of them differ. */
export const htmlRules = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // The template engine writes these; browsers read them alike.
    "doctype-style": "off",
    "void-style": "off",
    "no-trailing-whitespace": "off",
    // A heading people typed may be long; the tab shortens it.
    "long-title": "off",
    // Checkboxes of one group share a name, as radio buttons do; submit buttons say which was pressed.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "submit", "button"] }],
    // A style sheet keeps a number on one line, so that it can be copied as it is dialled.
    "tel-non-breaking": ["error", { ignoreClasses: ["rs-num"] }],
    // A list may have a name.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // The policy blocks them.
    "no-inline-style": "error",
  },
};
