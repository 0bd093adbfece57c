/** The approver's page, one screen of a phone and two columns on a desk, and the list of what waits. */

export const decideStyles = `
.deciding h1{font-size:1.3rem;margin:.7em 0 .5em}
.brief{padding:.8rem 1rem;margin-bottom:1rem}.brief .big,.brief .soft{margin-bottom:0}
.brief .capitals{color:var(--soft);font-size:.93rem;margin:0}
.brief dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,8.5rem),1fr));gap:.45rem 1rem;margin:.7rem 0}
.brief dt{color:var(--soft);font-size:.87rem;line-height:1.35}.brief dd{margin:0;line-height:1.4}
.brief .rules{margin:0 0 .3rem}.rules a{display:inline-block;padding:.25rem 0;font-weight:600}
.rules{display:flex;align-items:baseline}
.rules::before{content:"✓";color:var(--act);font-weight:700;margin-right:.4em}
.rules.wait::before{content:"!";color:var(--wait-dark)}.rules.open::before{content:"›";color:var(--link)}
.deciding .notice{padding:.6rem .9rem;margin-bottom:1rem}.deciding .notice h2,.deciding .notice h3{font-size:1.08rem}
.deciding .notice ul{margin-bottom:0}
.decision{border-top:4px solid var(--act);padding-top:.9rem}
.decide .item{margin-bottom:1rem}.decide textarea{min-height:5rem}.decide .actions{margin:1rem 0}
.decide legend{font-size:1.15rem}
.decide .tick{min-height:2.75rem;align-items:center}
.decide:not(:has([name=decision]:checked)) .of-choice,
.decide:not(:has([name=decision]:checked)) .of-approval:not(.wrong),
.decide:has([name=decision]:checked):not(:has([value=approve]:checked)) .of-approval{display:none}
.more{border-top:1px solid var(--line);margin-top:.5rem}
.fold{border-bottom:1px solid var(--line);margin:0;padding:.2rem 0}.fold>summary{padding:.55rem 0}
.fold h2{display:inline;font-size:1.08rem;margin:0;color:var(--link)}
.queue{list-style:none;padding:0;margin:0 0 1.2rem}
.queue li{border:1px solid var(--line);border-radius:6px;background:#fff;padding:.5rem .9rem .3rem;margin:0 0 .7rem}
.queue .tick>span,.untickable{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;flex:1;margin:0}
.untickable{padding:.45rem 0}
.queue .about{margin:0 0 .2rem 2.2rem}.queue .about.open{display:inline-block;padding:.55rem 0;margin-bottom:0}
.queue li:has(.untickable) .about{margin-left:0}
ul.plain{list-style:none;padding:0;margin:0 0 .8rem}.panel h2.small{margin:.6rem 0 .1rem;font-size:1rem}
.together{border-top:4px solid var(--act);padding-top:.2rem}
@media (min-width:30.01rem){.more .facts{grid-template-columns:minmax(7rem,15rem) 1fr}}
@media (min-width:62rem){.deciding{display:grid;grid-template:"case decision" auto "more decision" 1fr/minmax(0,1fr) 25rem;
gap:0 2.5rem;align-items:start}.deciding>.case{grid-area:case}.deciding>.more{grid-area:more}
.deciding>.decision{grid-area:decision;position:sticky;top:0;max-height:100vh;overflow:auto;margin-top:.9rem;
background:#fff;border:1px solid var(--line);border-top:4px solid var(--act);border-radius:6px;padding:1rem 1.2rem}}
@media print{.decision{display:none}}
`.trim();
