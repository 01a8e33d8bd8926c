/** Calls back once, some time after the last start; ends with its signal. */
export class Timer {
  private handle: number | undefined;

  constructor(
    private readonly milliseconds: number,
    private readonly run: () => void,
    signal: AbortSignal,
  ) {
    signal.addEventListener("abort", () => this.stop());
  }

  start(): void {
    this.stop();
    this.handle = window.setTimeout(() => {
      this.handle = undefined;
      this.run();
    }, this.milliseconds);
  }

  stop(): void {
    window.clearTimeout(this.handle);
    this.handle = undefined;
  }
}

/** The milliseconds a page asks for in an attribute, or our own choice. */
export function wait(element: HTMLElement, standard: number): number {
  const asked = Number(element.dataset.wacht);
  return Number.isFinite(asked) && asked > 0 ? asked : standard;
}
