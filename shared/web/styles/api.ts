/** The page about the JSON API. */

export const apiStyles = `
.sample{overflow:auto;max-width:100%;margin:.4rem 0 1rem;padding:.7rem .9rem;background:#fff;border:1px solid var(--line);border-radius:6px;font-size:.9rem;line-height:1.45}
`;
