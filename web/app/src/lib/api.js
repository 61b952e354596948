// The HTTP API of docs/api.md.

let csrf = null;
let on_signed_out = () => {};

export class Problem extends Error {
  /** `code` is the API's stable word, or "unreachable" when no answer came. */
  constructor(code, status, detail, body = {}) {
    super(detail || code);
    Object.assign(this, { code, status, detail, body });
  }
}

export function signed_in(token) {
  csrf = token;
}

export function when_signed_out(callback) {
  on_signed_out = callback;
}

const DEADLINE_MS = 20000;

async function request(method, path, { body, type = 'application/json', headers = {}, deadline = DEADLINE_MS } = {}) {
  if (method !== 'GET' && csrf) headers['X-CSRF-Token'] = csrf;
  if (body !== undefined) headers['Content-Type'] = type;
  let response;
  try {
    response = await fetch('/api/v1/' + path, { method, headers, body: type === 'application/json' && body !== undefined ? JSON.stringify(body) : body, signal: AbortSignal.timeout(deadline) });
  } catch {
    throw new Problem('unreachable', 0, '');
  }
  const is_json = /json/.test(response.headers.get('Content-Type') ?? '');
  const answer = response.status === 204 ? null : is_json ? await response.json() : await response.text();
  if (response.ok) return answer;
  const problem = is_json ? answer : {};
  if (response.status === 401 && problem.code !== 'wrong_credentials') on_signed_out();
  problem.retry_after = Number(response.headers.get('Retry-After')) || null;
  throw new Problem(problem.code ?? 'status_' + response.status, response.status, problem.detail ?? problem.title ?? '', problem);
}

export const get = (path) => request('GET', path);
export const post = (path, body, headers) => request('POST', path, { body, headers });
export const patch = (path, body) => request('PATCH', path, { body });
export const put = (path, body, headers) => request('PUT', path, { body, headers });
export const remove = (path) => request('DELETE', path);
/** For what takes as long as there is data: importing, erasing. */
export const patiently = (method, path, body) => request(method, path, { body, deadline: 30 * DEADLINE_MS });
export const put_toml = (path, text) => request('PUT', path, { body: text, type: 'application/toml' });

/** A path made of parts that may hold anything, with a query of those values that are set. */
export function path(parts, query = {}) {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== ''));
  return parts.map(encodeURIComponent).join('/') + (search.size || [...search].length ? '?' + search : '');
}
