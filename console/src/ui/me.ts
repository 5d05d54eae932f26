const ME = 'whence.me';

/** The name under which a person acts; the credential is noted in any case. */
export function whoAmI(): string {
  return localStorage.getItem(ME) ?? '';
}

export function rememberMe(name: string): void {
  localStorage.setItem(ME, name.trim());
}
