// What comes with the page and is used by only one of the two files of screens. Named by both, it stays in one chunk with
// everything else that is shared; more chunks would make the first visit larger.
import '../lib/detail.svelte.js';
import '../lib/marks.js';
import '../lib/outside.js';
import '../lib/route.svelte.js';
import '../parts/Byline.svelte';
import '../parts/Guard.svelte';
import '../parts/Progress.svelte';
import '../parts/Sentiment.svelte';
import '../lib/shapes_later.js';
