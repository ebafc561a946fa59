/**
 * Puts a text on the clipboard. The browser's own way needs a secure origin and the reader's permission; where either is
 * missing, a selected field is copied as by hand. Answers false where neither works.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    // Typed as always there; on an origin that is not secure it is not.
    const clipboard: Clipboard | undefined = navigator.clipboard;
    if (clipboard) {
      await clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused: the old way may still be allowed.
  }
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus();
  }
}
