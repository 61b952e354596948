import { load_later } from './i18n.js';

/** The screens that are not the queue, with their words. */
export async function others() {
  const [screens] = await Promise.all([import('../screens/others.js'), load_later()]);
  return screens;
}
