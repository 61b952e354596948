// How long a reply is by the platform's own counting; `form` is the API's `reply_form`. Pure.

const LINK = /https?:\/\/[^\s<>"«»]+/giu;
/** What ends a sentence and not a link. */
const TRAILING = /[.,;:!?'")\]}…،؛؟]+$/u;
const REMOTE_HANDLE = /(^|[^\p{L}\p{N}_/@])@([\p{L}\p{N}_]+(?:[.-][\p{L}\p{N}_]+)*)@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
/** Code points that X counts as one half of what all others count. */
const LIGHT = [[0, 4351], [8192, 8205], [8208, 8223], [8242, 8247]];

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
const graphemes = (text) => [...segmenter.segment(text)].map(({ segment }) => segment);
const is_light = (point) => LIGHT.some(([from, to]) => from <= point && point <= to);

function weight(grapheme) {
  if (EMOJI.test(grapheme)) return 2;
  return [...grapheme].reduce((sum, character) => sum + (is_light(character.codePointAt(0)) ? 1 : 2), 0);
}

const COUNTS = {
  graphemes: (text) => graphemes(text).length,
  utf16: (text) => text.length,
  bytes: (text) => new TextEncoder().encode(text).length,
  weighted: (text) => graphemes(text.normalize('NFC')).reduce((sum, each) => sum + weight(each), 0),
};

export function length_of(text, form) {
  const count = COUNTS[form.unit] ?? COUNTS.graphemes;
  let rest = form.counts_remote_handles ? text : text.replace(REMOTE_HANDLE, '$1@$2');
  if (!form.url_length) return count(rest);
  let links = 0;
  rest = rest.replace(LINK, (link) => {
    links += 1;
    return TRAILING.exec(link)?.[0] ?? '';
  });
  return count(rest) + links * form.url_length;
}

/** What is left of the platform's limit, below zero when the reply is too long; null where there is none. */
export const left_of = (text, form) => (form?.limit ? form.limit - length_of(text, form) : null);
