const schemes = new Set(['http:', 'https:', 'mailto:']);

/** The address in its normal form if it is one that may be opened from a ticket, otherwise nothing. */
export function safeLink(address: string): URL | undefined {
  const url = URL.parse(address);
  return url !== null && schemes.has(url.protocol) ? url : undefined;
}
