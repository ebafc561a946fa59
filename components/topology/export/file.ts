/** Handing a file to the reader. */

const two = (n: number) => String(n).padStart(2, '0');

/**
 * `meshdeck-<mesh>-<yyyy-mm-dd-hhmm>.<ending>`, in the reader's own time. Characters that a file system may refuse are
 * written as `_`.
 */
export function fileName(mesh: string, at: Date, ending: string): string {
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const safe = mesh.replace(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, 80);
  return `meshdeck-${safe}-${day}-${two(at.getHours())}${two(at.getMinutes())}.${ending}`;
}

/** The browser reads the file after the click that asks for it; a minute is ample, and then its memory is given back. */
const KEEP_MS = 60_000;

/** Offers a file for download, as a link of that name would. */
export function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}
