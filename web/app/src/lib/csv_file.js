// Reading a CSV file as spreadsheets in the region write it: UTF-8, else the Arabic code page of Windows.

/** The largest file that fits a request with its mapping. */
export const MOST_BYTES = 7.5 * 1024 * 1024;

/** `{text, encoding}`. */
export function decode(bytes) {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' };
  } catch {
    return { text: new TextDecoder('windows-1256').decode(bytes), encoding: 'Windows-1256' };
  }
}

/** Hands a text to the browser as a file to keep. */
export function keep_file(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
