/** The large-text mode (适老大字版): larger type, more room, one column on every screen. */

/** Sizes are in rem, so the root's size enlarges all; what a narrow screen stacks is stacked here on a wide one too. */
export const largeStyles = `
[data-text=large]{font-size:137.5%}[data-text=large] body{line-height:1.8}
[data-text=large] h1{font-size:1.55rem}[data-text=large] .frame{max-width:46rem}[data-text=large] .frame.wide{max-width:60rem}
[data-text=large] .brand{font-size:1.15rem}[data-text=large] .switch{font-size:.86rem;padding:0 .4rem}
[data-text=large] .cards{grid-template-columns:minmax(0,1fr)}
[data-text=large] .small,[data-text=large] .hint,[data-text=large] .tag,[data-text=large] footer{font-size:1rem}
[data-text=large] .tick{padding:.8rem 0}:where([data-text=large]) li{margin:.45em 0}
[data-text=large] .facts{grid-template-columns:minmax(0,1fr)}
[data-text=large] .facts dt{border:0;padding-bottom:0}
[data-text=large] .facts dd{padding-top:0}
[data-text=large] .stacked thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
[data-text=large] .stacked tr,[data-text=large] .stacked td,[data-text=large] .stacked tbody th{display:block}
[data-text=large] .stacked tr{border-bottom:1px solid var(--line);padding:.6rem 0}
[data-text=large] .stacked td,[data-text=large] .stacked tbody th{border:0;padding:.15rem 0;text-align:left}
[data-text=large] .stacked td[data-label]::before{content:attr(data-label);display:inline-block;min-width:7rem;color:var(--soft)}
[data-text=large] .actions button,[data-text=large] .actions .button{width:100%}
`.trim();
