// The screens on which rules are written, in one file that is fetched when the first of them is asked for.
import './shared.js';
export { default as Rule } from './Rule.svelte';
export { default as RuleList } from './RuleList.svelte';
