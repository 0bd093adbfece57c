/** Pages on which a worker applies: questions, family cards, the answers to check. */

export const applyStyles = `
.step{color:var(--soft);font-size:.97rem;margin:1rem 0 .3rem}
.steps{display:block;width:100%;height:.5rem;border:0;border-radius:.25rem;background:var(--line);color:var(--act);
-webkit-appearance:none;appearance:none;overflow:hidden}
.steps::-webkit-progress-bar{background:var(--line)}.steps::-webkit-progress-value{background:var(--act)}
.steps::-moz-progress-bar{background:var(--act)}
.steps+h1{margin-top:1.1rem}
.ticks.down{flex-direction:column}
.said{display:block;min-height:1.5em;margin-top:.4rem;color:var(--act-dark);font-size:.97rem}
.foot{margin:1.6rem 0 1rem}.foot a{display:inline-block;padding:.55rem 0}
.person{border:1px solid var(--line);border-radius:6px;background:#fff;margin:0 0 1rem;padding:.8rem 1rem 1rem;min-width:0}
.person>legend{font-weight:700;padding:0 .4rem;margin-left:-.4rem}
.person .item{margin-bottom:1rem}
.people.wrong .item:not(.wrong) input,.people.wrong .item:not(.wrong) select{border-color:var(--field)}
@media (min-width:40rem){.person-items{display:grid;grid-template-columns:1fr 1fr;gap:0 1.2rem;align-items:start}}
button.quiet{font-weight:400;padding:.4rem .9rem;border-color:var(--line);color:var(--ink)}
.answered{display:grid;grid-template-columns:1fr auto;gap:0 1rem;align-items:start;border-bottom:1px solid var(--line);padding:.6rem 0}
.answered dl,.answered>p{margin:0}.answered dl>div{padding:.2rem 0}
.answered dt{color:var(--soft);font-size:.97rem}.answered dd{margin:0}
.answered>p a{display:inline-block;padding:.55rem 0 .55rem .5rem}
@media (min-width:40rem){.answered dl>div{display:grid;grid-template-columns:16rem 1fr;gap:0 1.2rem}}
`.trim();
