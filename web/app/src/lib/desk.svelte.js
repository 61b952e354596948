// What comes after the first rows: asked for once they stand there, or when it is needed.
import { desk as fetched } from './others.js';

/** `parts`: the components of screens/desk.js, null until they are here. */
export const desk = new (class { parts = $state.raw(null); })();

let asked = null;

export function want_desk() {
  asked ??= fetched().then((parts) => (desk.parts = parts), () => (asked = null));
}

/** Calls it when the browser has nothing better to do. */
export const when_idle = (work) => (window.requestIdleCallback ?? setTimeout)(work);
