/** A case as its applicant follows it: the way with its milestones, and the five answers of the feedback. */
export const followStyles = `
.way{list-style:none;padding:0;margin:0 0 1.2rem}
.way li{position:relative;margin:0;padding:0 0 .9rem 2.2rem;color:var(--soft)}
.way li::before{content:"";position:absolute;left:.15rem;top:.2rem;width:1.15rem;height:1.15rem;border-radius:50%;
border:2px solid var(--field);background:var(--paper)}
.way li::after{content:"";position:absolute;left:.7rem;top:1.5rem;bottom:-.15rem;border-left:2px solid var(--line)}
.way li:last-child::after{display:none}
.way .done{color:var(--ink)}
.way .done::before{background:var(--act);border-color:var(--act)}
.way .done::after{border-color:var(--act)}
.way .now{color:var(--ink);font-weight:700}
.way .now::before{border:6px solid var(--act)}
.way .day{font-weight:400;font-size:.93rem;color:var(--soft);display:inline-block;max-width:100%;margin-left:.4em}
.way .now .day{color:var(--ink)}
@media (forced-colors:active){.way li::before{border-color:CanvasText}.way .done::before{background:CanvasText}}
`.trim();
