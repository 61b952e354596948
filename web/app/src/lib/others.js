import { load_later } from './i18n.js';

let styled;

/** The style of those screens: the browser fetches a sheet once it is no longer disabled. */
const style = () => (styled ??= new Promise((done) => {
  const sheet = document.querySelector('link[disabled]');
  sheet.onload = sheet.onerror = done;
  sheet.disabled = false;
}));

const dressed = async (screens) => (await Promise.all([screens, style(), load_later()]))[0];

/** The screens that are not the queue, with their words. */
export const others = () => dressed(import('../screens/others.js'));

/** Those about customers and what is done for them. */
export const engagement = () => dressed(import('../screens/engagement.js'));
