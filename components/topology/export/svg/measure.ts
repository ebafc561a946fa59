import { FACES } from './ink';
import type { FaceName, Measure } from './ink';

/** Fonts differ from one computer to the next: a text is taken for a little wider than it is here. */
const SPARE = 1.03;

/** Widths in parts of the font's size, generous: for where no canvas can be had. */
function roughWidth(char: string, mono: boolean): number {
  if (
    /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|\p{Emoji_Presentation}/u.test(char)
  )
    return mono ? 1.2 : 1;
  if (mono) return 0.61;
  if (/[MW@%mw]/.test(char)) return 0.95;
  return /[A-Z]/.test(char) ? 0.72 : 0.6;
}

/** Widths by character classes, the same on every computer. */
export const roughMeasure: Measure = (text, face) => {
  const { size, weight, ...rest } = FACES[face];
  const mono = 'mono' in rest;
  const parts = Array.from(text, (char) => roughWidth(char, mono)).reduce((sum, width) => sum + width, 0);
  return parts * size * (weight > 400 && !mono ? 1.06 : 1);
};

/** Widths in the fonts of this browser. */
export function canvasMeasure(): Measure {
  const pen = document.createElement('canvas').getContext('2d');
  if (!pen) return roughMeasure;
  let set: FaceName | undefined;
  return (text, face) => {
    if (set !== face) {
      const { size, weight, ...rest } = FACES[face];
      pen.font = `${weight} ${size}px ${'mono' in rest ? 'monospace' : 'sans-serif'}`;
      set = face;
    }
    return pen.measureText(text).width * SPARE;
  };
}
