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

/** The ticket beside the list, and what is done to several rows: fetched once the first rows stand there. */
export const desk = () => dressed(import('../screens/desk.js'));

/** Those about customers and what is done for them. */
export const engagement = () => dressed(import('../screens/engagement.js'));

/** What was measured, and what draws it. */
export const reports = () => dressed(import('../screens/reports.js'));

/** What is set up and looked after: own settings, sources, the parts of the setup, the audit. */
export const admin = () => dressed(import('../screens/admin.js'));
