/** The first page and the start page of a programme. */

export const startStyles = `
.upto{font-size:1.35rem;font-weight:700;line-height:1.3;margin:0 0 .35em;font-variant-numeric:tabular-nums}
.card>.actions{margin:.9rem 0 0}
`.trim();
