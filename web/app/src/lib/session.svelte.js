// Who is signed in, and the way in and out.
import * as api from './api.js';
import { correct } from './clock.svelte.js';
import { page, use_language } from './i18n.js';
import { drop_all, keep_for } from './kept.js';
import { prefer } from './keys.js';

/** `state`: starting, signed_out, first_admin, signed_in, unreachable. */
export const session = $state({ state: 'starting', person: null, demo: false, version: '' });

const RANK = { moderator: 0, manager: 1, admin: 2 };

export const is_at_least = (role) => RANK[session.person?.role] >= RANK[role];

async function enter(answer) {
  api.signed_in(answer.csrf);
  correct(answer.now);
  page.zone = answer.workspace?.time_zone ?? 'UTC';
  prefer(answer.person);
  keep_for(answer.person.id);
  await use_language(answer.person.language, answer.person);
  Object.assign(session, { state: 'signed_in', person: answer.person, demo: answer.demo, version: answer.version });
}

/** Own settings, kept on the server. */
export async function choose(settings) {
  session.person = (await api.patch('session/person', settings)).person;
  prefer(session.person);
}

async function stay_out() {
  session.person = null;
  try {
    session.state = (await api.get('first-admin')).needed ? 'first_admin' : 'signed_out';
  } catch {
    session.state = 'signed_out';
  }
}

/** `found`: the answer to GET session if it was asked already. */
export async function start(found = api.get('session')) {
  try {
    await enter(await found);
  } catch (problem) {
    if (problem.code === 'unreachable') session.state = 'unreachable';
    else await stay_out();
  }
}

export async function sign_in(email, password) {
  await enter(await api.post('session', { email, password }));
}

export async function make_first_admin(fields) {
  await enter(await api.post('first-admin', { ...fields, language: page.language }));
}

export async function sign_out() {
  await api.remove('session');
  drop_all();
  location.assign('/');
}

/** The other language: remembered for the person when signed in, else asked for in the address. */
export async function switch_language() {
  const language = page.language === 'ar' ? 'en' : 'ar';
  const address = new URL(location.href);
  if (session.person) {
    await api.patch('session/person', { language });
    address.searchParams.delete('lang');
  } else {
    address.searchParams.set('lang', language);
  }
  location.replace(address);
}

api.when_signed_out(() => {
  if (session.state === 'signed_in') stay_out();
});
