// Addresses that come from the outside world.

/** The URL if it may become a link: http or https only. */
export function safe_link(address) {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
  } catch {
    return null;
  }
}

export const LINK_REL = 'noopener noreferrer nofollow';
