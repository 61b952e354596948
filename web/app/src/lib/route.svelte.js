// The address bar: every screen and view has an address that can be sent as a link.

const read = () => ({ path: location.pathname, parts: location.pathname.split('/').filter(Boolean).map(decode), query: Object.fromEntries(new URLSearchParams(location.search)) });

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

let here = $state.raw(read());

export const route = {
  get path() { return here.path; },
  get parts() { return here.parts; },
  get query() { return here.query; },
};

addEventListener('popstate', () => (here = read()));

export function go(address, { replace = false } = {}) {
  if (address === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  here = read();
}

/** For `onclick` on links inside the page; leaves downloads and new-tab clicks to the browser. */
export function follow(event) {
  const link = event.target.closest('a[href^="/"]');
  if (!link || link.target || link.hasAttribute('download') || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(link.getAttribute('href'));
}
