/** Papers: photos that are sent, and that open in place. */

/** Pictures stand in boxes of a fixed size, so that nothing jumps while they load. */
export const papersStyles = `
.papers li{display:flex;flex-wrap:wrap;align-items:center;gap:.3rem .8rem}.papers .tick{margin:0}
.by-script .papers .problem{flex-basis:100%}.papers progress{width:6rem}.papers .problem{margin:0;flex:1 1 12rem}
.thumb{width:4.5rem;height:4.5rem;object-fit:cover;flex:none;border:1px solid var(--line);border-radius:4px;background:#fff}
.by-script input[type=file]{position:absolute;width:1px;height:1px;min-height:0;padding:0;opacity:0;overflow:hidden}
.by-script{position:relative}.by-script>.actions{display:none}
.by-script>label{display:block;text-align:center;border:2px dashed var(--act);border-radius:5px;padding:.7rem 1rem;
color:var(--act-dark);background:#fff;font-weight:600;cursor:pointer;margin:0 0 .6rem}
.by-script>label:hover{background:var(--good-soft)}
.by-script:focus-within>label{outline:3px solid var(--focus);box-shadow:0 0 0 5px var(--ink)}
.gallery{list-style:none;padding:0;display:grid;gap:.8rem;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr))}
.gallery li{margin:0}.gallery a{display:block;height:100%;border:1px solid var(--line);border-radius:6px;background:#fff;
overflow:hidden;line-height:1.35;text-decoration:none}.gallery .name{text-decoration:underline}
.gallery img,.gallery .sheet{display:block;width:100%;height:7.5rem;object-fit:cover;object-position:50% 0;background:var(--panel)}
.gallery .sheet{display:grid;place-items:center;color:var(--soft);font-weight:600}
.gallery .name{display:block;padding:.45rem .6rem .55rem}
.looked-at{display:block;max-width:100%;height:auto;margin:0 auto 1rem;border:1px solid var(--line);background:#fff}
.turn{display:flex;justify-content:space-between;gap:1rem;margin:0 0 1rem}
.turn a,.turn span{min-height:2.75rem;display:inline-flex;align-items:center}
@media print{.gallery img,.looked-at,.thumb,.turn{display:none}}
`.trim();
