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
    // The policy blocks them.
    "no-inline-style": "error",
  },
};
