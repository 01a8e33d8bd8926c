/** Takes the reader of a refused form to the summary of what is wrong. */
export class Fouten {
  constructor(element: HTMLElement) {
    element.focus();
  }
}
