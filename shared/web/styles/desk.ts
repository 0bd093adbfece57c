/** The desk: its bar, what waits for whom, lists of cases, and the page of one case. */

/** Where two columns stand beside each other there is room for them; what sticks leaves the phone's keyboard room. */
export const deskStyles = `
.desk-bar{background:#fff;border-bottom:1px solid var(--line)}
.desk-bar>.frame>nav{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:0 1.5rem}
.desk-bar ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:0 1.4rem}.desk-bar li{margin:0}
.desk-bar a{display:inline-flex;align-items:center;min-height:2.9rem;color:var(--ink);text-decoration:none;
border-bottom:3px solid transparent;border-top:3px solid transparent}
.desk-bar a:hover{border-bottom-color:var(--line)}
.desk-bar a[aria-current]{border-bottom-color:var(--brand);font-weight:600}
.desk-bar .places{background:var(--panel);border-top:1px solid var(--line);font-size:.97rem}
.desk-bar .places ul{padding:0 1rem}.desk-bar .places a[aria-current]{color:var(--brand)}
.desk-bar form{display:flex;align-items:center;gap:.8rem;margin:0}
button.plain{background:none;border:0;padding:0 .2rem;color:var(--link);font-weight:400;text-decoration:underline;
text-underline-offset:.18em}button.plain:hover{background:none;text-decoration-thickness:2px}
.to-dos{list-style:none;margin:0 0 1.5rem;padding:0;display:grid;gap:.8rem;
grid-template-columns:repeat(auto-fill,minmax(min(100%,14rem),1fr))}
.to-do{margin:0;background:#fff;border:1px solid var(--line);border-left:6px solid var(--act);border-radius:6px;
padding:.3rem 1rem .6rem}.to-do.none{border-left-color:var(--line);background:none}
.to-do a{display:flex;gap:.6rem;align-items:center;min-height:2.9rem;font-weight:600}.to-do .big{margin:0;flex:none}
.to-do.none a{color:var(--soft);font-weight:400}.to-do.none .big{font-size:1.3rem;font-weight:400}
.to-do p{margin:0}
.filters{display:grid;gap:.2rem 1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,8.2rem),1fr));
align-items:end;background:var(--panel);border-radius:6px;padding:1rem 1.1rem .4rem;margin:0 0 1.2rem}
.filters .item{margin:0 0 .7rem}.filters .actions{margin:.2rem 0 .7rem}.filters .tick{margin:0 0 .7rem}
.standing{background:#fff;border:1px solid var(--line);border-left:6px solid var(--act);border-radius:6px;
padding:.8rem 1.1rem;margin:0 0 1rem}
.standing>*{margin:0}.standing .row{display:flex;flex-wrap:wrap;gap:.2rem 1rem;align-items:baseline}
.standing.wait{border-left-color:#a36a00}.standing.wrong{border-left-color:var(--wrong)}
.standing.plain{border-left-color:var(--field)}
.jumps{list-style:none;display:flex;flex-wrap:wrap;gap:0 1.2rem;margin:0;padding:0}.jumps li{margin:0}
.jumps a{display:inline-flex;align-items:center;min-height:2.75rem}
.sticky{position:sticky;top:0;background:var(--paper);z-index:1;border-bottom:1px solid var(--line);margin:0 0 1rem}
.opinions{list-style:none;margin:0 0 1em;padding:0}
.opinions li{border-bottom:1px solid var(--line);padding:.6rem 0;margin:0}.opinions p{margin:.2em 0 0}
.two-columns>*,.act{min-width:0}
.two-columns>section>h2:first-child{margin-top:.2em}
[id]{scroll-margin-top:4rem}
.act{background:#fff;border:2px solid var(--act);border-radius:6px;padding:1rem 1.1rem;margin:0 0 1.2rem}
.act>:first-child{margin-top:0}.act .actions{margin:.6rem 0}.act .item{margin-bottom:1rem}
.facts .whole{grid-column:1/-1}.facts .whole>*{border:0}.facts .whole .scroll{margin:0}
.hash{font-size:.85rem;overflow-wrap:anywhere}
@media (max-width:30rem){.jumps{flex-wrap:nowrap;overflow-x:auto}.jumps li{flex:none}.stacked td[data-label]{display:flow-root;padding-left:7.4rem}.stacked td:empty{display:none}
.stacked td[data-label]::before{float:left;width:7rem;min-width:0;margin-left:-7.4rem}.filters .tick{grid-column:1/-1}
.compact .stacked td[data-label]::before{float:none;width:auto;margin-left:0}
.lean .stacked td[data-label]{padding:0}.lean .stacked td[data-label]::before{content:none}
.lean .stacked td:not(:first-child){display:inline;font-size:.93rem;color:var(--soft);padding-right:.8rem}
.filters .actions{grid-column:1/-1}}
@media (min-width:60rem){.stacked td:first-child,td .nowrap{white-space:nowrap}.filters.roomy{grid-template-columns:repeat(4,1fr)}.two-columns{display:grid;gap:0 2.4rem;grid-template-columns:minmax(0,1.75fr) minmax(0,1fr);
align-items:start}.two-columns>.beside{position:sticky;top:4rem;max-height:calc(100vh - 5rem);overflow:auto}}
@media print{.sticky{position:static}.two-columns{display:block}.standing{border:1px solid #999}}
`.trim();
