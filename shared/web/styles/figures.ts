/** Charts and figures of the desk. */

/**
 * Colours of bars go by lightness, four steps that stay apart in grey; outlines keep the lightest from the paper. A
 * chart is drawn 340 units wide for a phone and grows a little, so that its words never become headlines.
 */
export const figuresStyles = `
.charts{display:grid;gap:1.5rem 3rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));margin:0 0 1rem}
.chart{margin:0;max-width:30rem}.chart figcaption{font-weight:600;margin:0 0 .3rem}
.chart figcaption .small{font-weight:400}
.chart>svg{display:block;width:100%;height:auto;overflow:visible}
.chart text{font-size:14px;fill:var(--ink)}.chart .bar-figure{font-variant-numeric:tabular-nums}
.chart .tick-figure{font-size:12px;fill:var(--soft)}.chart .grid{stroke:var(--line);stroke-width:1}
.bar-light{fill:#a9d3c2}.bar-middle{fill:#d9912a}.bar-dark{fill:#17506b}.bar-loud{fill:#7a0d1f}
.bar-light,.bar-middle,.bar-dark,.bar-loud{stroke:#1f1b18;stroke-width:.6}
.chart-key{list-style:none;padding:0;margin:0 0 .5rem;display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;font-size:.93rem}
.chart-key li{margin:0}.chart-key svg{width:.85em;height:.85em;margin-right:.4em}
.headline{display:grid;gap:.8rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,9.5rem),1fr));margin:1rem 0 1.5rem}
.headline>div{background:var(--panel);border-radius:6px;padding:.7rem .9rem}
.headline dt{color:var(--soft)}.headline dd{margin:0}.headline .big{margin:0}
.filter{display:grid;gap:0 1.2rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,13rem),1fr));align-items:end}
.filter input[type=month]{width:100%;min-height:2.9rem;padding:.45rem .6rem;border:2px solid var(--field);border-radius:4px;background:#fff}
.filter .item{margin-bottom:.9rem}.filter .actions{margin:0 0 .9rem}
.balances{display:grid;gap:.1rem 1.2rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,8.5rem),1fr));margin:0 0 1rem}
.balances dt{color:var(--soft);font-size:.93rem}.balances dt svg{width:.8em;height:.8em}.balances dd{margin:0;font-variant-numeric:tabular-nums}
.balances .whole{border-top:1px solid var(--line);grid-column:1/-1;display:flex;flex-wrap:wrap;justify-content:space-between;padding-top:.3rem;font-weight:600}
.balances .whole dt{font-size:1rem}
.cards>.card.fund>div{margin-top:0}.compact th.figure{white-space:normal}.lines{margin:0}.lines dt{color:var(--soft);font-size:.93rem}.lines dd{margin:0 0 .5rem}.narrow{max-width:36rem}
.page-links a,.page-links strong{display:inline-block;min-width:2.75rem;min-height:2.75rem;padding:.55rem 0;text-align:center}
@media (max-width:30rem){.compact .stacked tr{display:grid;grid-template-columns:1fr 1fr;gap:.1rem 1rem}
.compact .stacked td[data-label]{padding-left:0}.compact .stacked td:first-child{grid-column:1/-1;font-weight:600}
.compact .stacked td[data-label]::before{position:static;display:block;min-width:0;max-width:none;font-size:.86rem;font-weight:400}
.compact .stacked td:first-child[data-label]::before{display:none}.compact .figure{white-space:normal}}
.fund-bar{margin:.3rem 0 .8rem}.fund-bar svg{display:block;width:100%;height:1.1rem}
@media (forced-colors:active){.bar-light,.bar-middle,.bar-dark,.bar-loud{forced-color-adjust:none}}
`.trim();
