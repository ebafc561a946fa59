import { copyText } from './copy-text';
import { PICTURES, pictureFile } from './export-picture';
import type { PictureFormat } from './export-picture';
import { textFile } from './export-text';
import type { Occasion, TextFormat } from './export-text';
import type { Exportable } from './exportable';
import { download, fileName } from './file';
import type { Outcome } from './outcome';

export type Choice = TextFormat | PictureFormat | 'link';

const isPicture = (choice: Choice): choice is PictureFormat => Object.hasOwn(PICTURES, choice);

/** Makes what was chosen and hands it to the reader. Never throws: what goes wrong is an outcome. */
export async function runExport(
  choice: Choice,
  exported: Exportable | undefined,
  occasion: Occasion,
): Promise<Outcome> {
  if (choice === 'link') return copyLink(occasion.address);
  if (!exported) return { ok: false, problem: 'X101' };
  try {
    if (isPicture(choice)) return await savePicture(choice, exported, occasion);
    const { text, ending, type, caution } = textFile(choice, exported, occasion);
    const name = fileName(exported.mesh, occasion.at, ending);
    download(new Blob([text], { type: `${type};charset=utf-8` }), name);
    return { ok: true, message: 'export.saved', values: { name }, caution };
  } catch (error) {
    return { ok: false, problem: 'X102', detail: error instanceof Error ? error.message : String(error) };
  }
}

async function copyLink(address: string): Promise<Outcome> {
  if (!(await copyText(address))) return { ok: false, problem: 'X104', text: address };
  return { ok: true, message: 'export.linkCopied', caution: { message: 'export.linkPlaces' } };
}

async function savePicture(
  format: PictureFormat,
  exported: Exportable,
  occasion: Occasion,
): Promise<Outcome> {
  const { positions, mesh } = exported;
  if (!positions) return { ok: false, problem: 'X101' };
  const { content, ending, caution } = await pictureFile(format, { ...exported, positions }, occasion);
  if (!content) return { ok: false, problem: 'X103' };
  const name = fileName(mesh, occasion.at, ending);
  download(content, name);
  return { ok: true, message: 'export.saved', values: { name }, caution };
}
