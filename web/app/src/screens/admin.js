// What is set up and looked after: own settings, sources, the parts of the setup, the audit.
import './shared.js';
export { default as Audit } from './Audit.svelte';
export { default as Settings } from './Settings.svelte';
export { default as SetupKind } from './SetupKind.svelte';
export { default as Sources } from './Sources.svelte';
export { default as Templates } from './Templates.svelte';
