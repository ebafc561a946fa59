'use client';
import type { CSSProperties } from 'react';
import styles from './target-swatch.module.css';

const COLOURS = 6;
const PATTERNS = [
  styles.pattern0,
  styles.pattern1,
  styles.pattern2,
  styles.pattern3,
  styles.pattern4,
  styles.pattern5,
];

/** Colour and pattern of the target at a position: the seventh has the first colour again, with another pattern. */
export function targetLook(index: number): { className: string; style: CSSProperties } {
  const { colour, pattern } = targetMarks(index);
  return {
    className: PATTERNS[pattern] ?? '',
    style: { ['--target' as string]: `var(--md-target-${colour})` },
  };
}

/** The same as numbers: the colour counted from 1, the pattern from 0 (plain). */
export function targetMarks(index: number): { colour: number; pattern: number } {
  return {
    colour: (index % COLOURS) + 1,
    pattern: (index + Math.floor(index / COLOURS)) % PATTERNS.length,
  };
}

/** The mark of a target, as on its segment of the bar. The name stands beside it. */
export function TargetSwatch({ index }: { index: number }) {
  const { className, style } = targetLook(index);
  return <span className={`${styles.swatch} ${className}`} style={style} aria-hidden="true" />;
}
