import styles from './control.module.css';

/** Class of a plain button or select that stands among those of Cloudscape. */
export const control = styles.control ?? '';
