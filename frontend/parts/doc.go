// Package parts holds the building blocks of every page: the layout, buttons,
// fields, the guard's blocks, status, the loop and the way, lists and tables.
// A part is a function over an options struct with words and addresses in it;
// it chooses and loops, and computes nothing about meetings.
//
// In a template, white space before an @component is dropped: where a word
// goes before a part, write { " " } between them.
//
// It stores nothing and may import templ's runtime, frontend/nl,
// frontend/assets and the standard library. No part writes inline styles or
// scripts: the content security policy forbids both.
package parts
