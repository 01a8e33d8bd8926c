// The line to the server on which changes come down: a socket where that works,
// questions every second and a half where it does not. What is written goes up
// by an ordinary form and never over the line.
import { BY_ITSELF } from "./form.ts";

/** A change of a topic: the whole message that it is about. */
export interface Frame {
  n: number;
  /** The message that changed. */
  over: number;
  html: string;
}

/** What of a topic is the reader's own. */
export interface Mine {
  eigen: number[];
  aanpasbaar: number[];
  gaf: Record<string, string[]>;
}

/** Who is there: members by name to members, a count a role of everybody else. */
export interface Company {
  namen?: string[];
  rollen?: string[];
}

/** Who follows a topic. */
export interface Follower {
  readonly topic: string;
  /** Answers, with ?na=n, what came after number n. */
  readonly url: string;
  /** The number that was shown last; the line raises it. */
  last: number;
  take(frame: Frame): void;
  own(mine: Mine): void;
  here(company: Company): void;
  /** The topic may not be followed any more: what is shown of it goes. */
  gone(): void;
  /** How the line stands; at is when what is shown was last known to be right. */
  state(state: State, at: Date): void;
}

/** A socket, questions instead, nothing at all, or signed out. */
export type State = "open" | "asking" | "lost" | "out";

/** What the socket sends; see server/live. */
interface Sent {
  topic?: string;
  n?: number;
  change?: { over: number; html: string };
  upto?: number;
  here?: Company;
  gone?: boolean;
  again?: boolean;
}

/** What a question answers. */
interface Answer {
  frames: Frame[];
  mijn?: Mine;
  hier?: Company;
}

const SOCKET = "/lijn";
const OPENING = 3000; // milliseconds for a socket to open
const SILENCE = 4000; // without a sign of life, two beats of the server, the line is dead
const LISTEN_EVERY = 500;
const ASK_EVERY = 1500;
const ANSWER = 8000; // for a question to be answered
const RETRY = [500, 2000, 5000, 10_000, 20_000];
const SIGNED_OUT = 4001;
const RESTART = 1012;

/** One line a page. */
export class Line {
  private readonly followers = new Map<string, Follower>();
  private readonly caughtUp = new Set<string>();
  private readonly asking = new Set<string>();
  private socket: WebSocket | undefined;
  private heard = 0;
  private right = new Date();
  private tries = 0;
  private state: State = "asking";
  private again: number | undefined;
  private ticking: number | undefined;
  private listening: number | undefined;

  follow(follower: Follower): void {
    this.followers.set(follower.topic, follower);
    if (this.ticking === undefined) this.start();
    else if (this.isOpen()) this.ask(follower);
  }

  leave(topic: string): void {
    this.followers.delete(topic);
    this.caughtUp.delete(topic);
    if (this.isOpen()) this.send({ leave: topic });
    if (this.followers.size === 0) this.end();
  }

  /** Asks at once what came, such as after a message of one's own. */
  refresh(topic: string): void {
    const follower = this.followers.get(topic);
    if (follower) void this.question(follower);
  }

  private start(): void {
    this.connect();
    this.ticking = window.setInterval(() => this.tick(), ASK_EVERY);
    this.listening = window.setInterval(() => this.listen(), LISTEN_EVERY);
    document.addEventListener("visibilitychange", this.wake);
    window.addEventListener("online", this.wake);
  }

  private end(): void {
    window.clearInterval(this.ticking);
    window.clearInterval(this.listening);
    window.clearTimeout(this.again);
    this.ticking = undefined;
    document.removeEventListener("visibilitychange", this.wake);
    window.removeEventListener("online", this.wake);
    this.drop();
  }

  /** The laptop wakes or finds the network again: look at once. */
  private readonly wake = (): void => {
    if (document.visibilityState === "hidden") return;
    this.listen();
    this.tick();
    if (!this.socket) this.connect();
  };

  /** A socket that is silent, or does not open, is given up. */
  private listen(): void {
    if (this.socket && Date.now() - this.heard > (this.isOpen() ? SILENCE : OPENING)) this.broken();
  }

  private tick(): void {
    if (this.state === "out" || this.live()) return;
    for (const follower of this.followers.values()) void this.question(follower);
  }

  private isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Every topic has come to its end over the socket. */
  private live(): boolean {
    return this.isOpen() && this.caughtUp.size === this.followers.size;
  }

  private connect(): void {
    window.clearTimeout(this.again);
    if (this.state === "out" || this.followers.size === 0) return;
    const socket = new WebSocket(location.origin.replace(/^http/, "ws") + SOCKET);
    this.socket = socket;
    this.heard = Date.now();
    socket.addEventListener("open", () => this.opened(socket));
    socket.addEventListener("message", (event) => this.message(socket, String(event.data)));
    socket.addEventListener("close", (event) => this.closed(socket, event));
  }

  private opened(socket: WebSocket): void {
    if (socket !== this.socket) return;
    this.heard = Date.now();
    for (const follower of this.followers.values()) this.ask(follower);
  }

  private ask(follower: Follower): void {
    this.caughtUp.delete(follower.topic);
    this.send({ follow: follower.topic, after: follower.last });
  }

  private send(request: { follow?: string; after?: number; leave?: string }): void {
    this.socket?.send(JSON.stringify(request));
  }

  private message(socket: WebSocket, data: string): void {
    if (socket !== this.socket) return;
    this.heard = Date.now();
    const sent = JSON.parse(data) as Sent;
    const follower = this.followers.get(sent.topic ?? "");
    if (!follower) {
      this.confirm();
      return;
    }
    if (sent.gone) this.gone(follower);
    else if (sent.again) this.ask(follower);
    else if (sent.upto !== undefined) this.reached(follower, sent.upto);
    else if (sent.here !== undefined) follower.here(sent.here);
    else if (sent.n !== undefined && sent.change) this.change(follower, { n: sent.n, ...sent.change });
    this.confirm();
  }

  private reached(follower: Follower, upto: number): void {
    follower.last = Math.min(follower.last, upto);
    this.caughtUp.add(follower.topic);
    if (this.live()) this.tries = 0;
  }

  /** Number n+1 only after n; a hole is asked for. */
  private change(follower: Follower, frame: Frame): void {
    if (frame.n <= follower.last) return;
    if (frame.n > follower.last + 1) {
      this.ask(follower);
      return;
    }
    follower.last = frame.n;
    follower.take(frame);
  }

  private gone(follower: Follower): void {
    this.followers.delete(follower.topic);
    this.caughtUp.delete(follower.topic);
    follower.gone();
  }

  private confirm(): void {
    if (this.live()) this.set("open");
  }

  private closed(socket: WebSocket, event: CloseEvent): void {
    if (socket !== this.socket) return;
    this.drop();
    if (event.code === SIGNED_OUT) {
      this.set("out");
      return;
    }
    const asked = event.code === RESTART ? Number(/^retry (\d+)$/.exec(event.reason)?.[1]) : Number.NaN;
    this.later(Number.isNaN(asked) ? this.pause() : asked);
  }

  private broken(): void {
    this.drop();
    this.later(this.pause());
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = undefined;
    this.caughtUp.clear();
    socket?.close();
  }

  private pause(): number {
    const base = RETRY[Math.min(this.tries, RETRY.length - 1)] ?? ASK_EVERY;
    this.tries++;
    return base * (0.5 + Math.random());
  }

  private later(wait: number): void {
    window.clearTimeout(this.again);
    this.again = window.setTimeout(() => this.connect(), wait);
    if (this.ticking !== undefined) this.tick();
  }

  /** One question a topic at a time. */
  private async question(follower: Follower): Promise<void> {
    if (this.asking.has(follower.topic)) return;
    this.asking.add(follower.topic);
    try {
      await this.exchange(follower);
    } catch {
      if (!this.live()) this.set("lost");
    } finally {
      this.asking.delete(follower.topic);
    }
  }

  private async exchange(follower: Follower): Promise<void> {
    const response = await fetch(`${follower.url}?na=${follower.last}`, {
      headers: { Accept: "application/json", ...BY_ITSELF },
      credentials: "same-origin",
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER),
    });
    if (response.status === 401) {
      this.set("out");
      this.drop();
      return;
    }
    if (response.status === 403 || response.status === 404) {
      this.gone(follower);
      return;
    }
    if (!response.ok) throw new Error(`answer ${response.status}`);
    const answer = (await response.json()) as Answer;
    for (const frame of answer.frames) this.change(follower, frame);
    if (answer.mijn) follower.own(answer.mijn);
    if (this.live()) return; // who is there comes over the socket, and this answer may be older
    if (answer.hier !== undefined) follower.here(answer.hier);
    this.set("asking");
  }

  private set(state: State): void {
    if (state === "open" || state === "asking") this.right = new Date();
    this.state = state;
    for (const follower of this.followers.values()) follower.state(state, this.right);
  }
}

/** The page's line. */
export const line = new Line();
