// Who has signed in, and how that goes on without asking again.

/** What the API gives to whoever signs in. */
export interface Tokens {
  access_token: string;
  /** Seconds. */
  expires_in: number;
  /** For one use. */
  refresh_token: string;
  /** That the access token is for; null for an account that is a member of none. */
  project: number | null;
}

/** Keeps the refresh token while the page is loaded anew. */
export interface Vault {
  read(): string | null;
  write(refreshToken: string): void;
  clear(): void;
}

/** Asks for the next pair of tokens; null when the session has ended. */
export type Renew = (refreshToken: string, project?: number) => Promise<Tokens | null>;

export interface SessionState {
  signedIn: boolean;
  project: number | null;
  /** Why the server would not answer without another credential; null while it does. */
  refused: string | null;
  /** Whether the server has ended the session. */
  ended: boolean;
}

/** Renewed this long before its end, so that a request under way does not meet it. */
const MARGIN_MS = 30_000;

/** Of a token that lives for a short time, this share. */
const MARGIN_SHARE = 0.2;

/**
 * A session of one tab. The access token is kept in memory alone; the refresh token outlives a reload, in the tab's own
 * storage: it is for one use, and the server ends a session whose token is used twice. Shared between tabs, as
 * localStorage is, it would be: each tab would use it by itself. A tab that is closed has signed out for whoever comes next.
 */
export class Session {
  private access: { token: string; renewAt: number; endsAt: number } | null = null;
  private renewing: Promise<string | null> | null = null;
  private readonly listeners = new Set<() => void>();
  private current: SessionState | null = null;

  constructor(
    private readonly vault: Vault,
    private readonly renew: Renew,
    private readonly now: () => number = Date.now,
  ) {}

  /** For useSyncExternalStore: the same object until something changes. */
  readonly state = (): SessionState => {
    this.current ??= { signedIn: this.vault.read() !== null, project: null, refused: null, ended: false };
    return this.current;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  begin(tokens: Tokens): void {
    this.vault.write(tokens.refresh_token);
    const life = tokens.expires_in * 1000;
    this.access = { token: tokens.access_token, renewAt: this.now() + life - Math.min(MARGIN_MS, life * MARGIN_SHARE), endsAt: this.now() + life };
    this.tell({ signedIn: true, project: tokens.project, refused: null, ended: false });
  }

  /** A token that is good for a while; null when nobody has signed in. */
  async token(): Promise<string | null> {
    if (this.access && this.now() < this.access.renewAt) return this.access.token;
    if (!this.state().signedIn) return null;
    try {
      return await this.next();
    } catch (failure) {
      // Not yet at its end: it does until the server answers again.
      if (this.access && this.now() < this.access.endsAt) return this.access.token;
      throw failure;
    }
  }

  /** The token to try instead of one that was refused; null when there is none. */
  async after(refused: string): Promise<string | null> {
    if (this.access && this.access.token !== refused) return this.access.token;
    return this.state().signedIn ? this.next() : null;
  }

  /** Goes on in another project of the account. */
  async switchTo(project: number): Promise<void> {
    // One that is under way uses the token up.
    await this.renewing?.catch(() => null);
    await this.next(project);
  }

  end(byServer = false): void {
    this.vault.clear();
    this.access = null;
    this.tell({ signedIn: false, project: null, refused: null, ended: byServer });
  }

  /** The server wants to know who asks. */
  refuse(reason: string): void {
    if (this.state().refused !== reason) this.tell({ ...this.state(), refused: reason });
  }

  /** There is another credential; what was refused may not be any more. */
  retry(): void {
    if (this.state().refused !== null) this.tell({ ...this.state(), refused: null });
  }

  /** However many ask, the refresh token is used once. */
  private next(project?: number): Promise<string | null> {
    this.renewing ??= this.use(project).finally(() => {
      this.renewing = null;
    });
    return this.renewing;
  }

  private async use(project?: number): Promise<string | null> {
    const refreshToken = this.vault.read();
    const tokens = refreshToken === null ? null : await this.renew(refreshToken, project);
    if (tokens === null) {
      this.end(true);
      return null;
    }
    this.begin(tokens);
    return tokens.access_token;
  }

  private tell(state: SessionState): void {
    this.current = state;
    for (const listener of this.listeners) listener();
  }
}
