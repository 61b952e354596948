// What a screen reader is told politely, once.

export const announcement = $state({ text: '' });

export function announce(text) {
  announcement.text = text;
}
