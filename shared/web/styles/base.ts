/**
 * What every page looks like: colours, type, the frame, forms, tables, notices. For a cheap phone first; system
 * fonts, no images. Warm paper, dark ink; green acts, red warns.
 */

/** Every pair of text and ground has a contrast of 4.5 or more (test/shared/web/stylesheet.test.ts). */
export const baseStyles = `
:root{--ink:#1f1b18;--soft:#57504a;--paper:#fffdf9;--panel:#f7f1e7;--line:#d6ccbf;--field:#6f665e;
--brand:#9a2a1c;--brand-dark:#7f2015;--act:#12634b;--act-dark:#0c4a38;--link:#0b4f86;--wrong:#b1001c;
--wrong-soft:#fff1f1;--good-soft:#e9f5ef;--wait:#a36a00;--wait-dark:#6b4500;--wait-soft:#fff6dd;--focus:#ffbf2e;color-scheme:light}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);line-height:1.65;overflow-wrap:anywhere;
font-family:system-ui,-apple-system,"PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans CJK SC",
"Noto Sans SC","Source Han Sans SC",sans-serif;font-size:1.0625rem}
h1,h2,h3{line-height:1.3;margin:1.6em 0 .5em;text-wrap:balance}
h1{font-size:1.7rem;margin-top:1.1rem}h2{font-size:1.3rem}h3{font-size:1.1rem}
p,ul,ol,dl,table{margin:0 0 1em}ul{padding-left:1.4em}ol{padding-left:2em}li{margin:.2em 0}
p,.hint,.problem{max-width:44rem}
a{color:var(--link);text-underline-offset:.18em}a:hover{text-decoration-thickness:2px}
code,.code{font-family:ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace;letter-spacing:.04em}
:focus-visible{outline:3px solid var(--focus);outline-offset:0;box-shadow:0 0 0 5px var(--ink);border-radius:3px}
.skip{position:absolute;left:-999rem;background:#fff;color:var(--ink);padding:.6rem 1rem;z-index:2}
.skip:focus{left:.5rem;top:.5rem}
.frame{max-width:46rem;margin:0 auto;padding:0 1rem}.frame.wide{max-width:76rem}
.top{background:var(--brand);color:#fff}.top a,.top button{color:#fff}
.top>div{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:0 1rem;min-height:3.4rem}
.brand{display:inline-flex;align-items:center;min-height:2.9rem;font-size:1.35rem;font-weight:700;
text-decoration:none;letter-spacing:.1em}
html[lang=en] .brand{letter-spacing:.02em}
.brand small{font-size:.82rem;font-weight:400;letter-spacing:0;margin-left:.6em}
.mark{width:1.25em;height:1.25em;margin-right:.3em;flex:none}
.switches{display:flex;flex-wrap:wrap;gap:.3rem .5rem}
.switch,button.switch{display:inline-flex;align-items:center;min-height:2.75rem;padding:0 .7rem;background:none;border:0;
border-radius:4px;font:inherit;font-size:.97rem;text-decoration:underline;text-underline-offset:.18em;cursor:pointer}
.switch:hover,button.switch:hover{background:var(--brand-dark)}
.switches .to-normal,[data-text=large] .switches .to-large{display:none}
[data-text=large] .switches .to-normal{display:inline-flex}
.top nav{background:var(--brand-dark)}
.top nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:0 1.4rem;margin-top:0;margin-bottom:0}.top nav li{margin:0}
.top nav a{display:inline-flex;align-items:center;min-height:2.75rem;text-decoration:none;
border-top:3px solid transparent;border-bottom:3px solid transparent}
.top nav a:hover{border-bottom-color:#fff9}.top nav a[aria-current]{border-bottom-color:#ffdf9e;font-weight:600}
main{padding:.4rem 0 3rem}main:focus{outline:none;box-shadow:none}
footer{border-top:1px solid var(--line);color:var(--soft);font-size:.93rem;padding:1rem 0 2rem}
footer p{margin:.3em 0}
.lead{font-size:1.15rem}.soft{color:var(--soft)}.small{font-size:.93rem}.nowrap{display:inline-block;max-width:100%}
.back{display:inline-flex;align-items:center;min-height:2.75rem;margin-top:.4rem}
.panel{background:var(--panel);border-radius:6px;padding:1rem 1.1rem;margin:0 0 1.2rem}
.panel>:first-child,.notice>:first-child,.summary>:first-child{margin-top:0}
.panel>:last-child,.notice>:last-child,.summary>:last-child{margin-bottom:0}
.notice{border-left:6px solid var(--field);background:var(--panel);padding:.8rem 1rem;margin:0 0 1.2rem}
.notice.good{border-color:var(--act);background:var(--good-soft)}
.notice.wait{border-color:var(--wait);background:var(--wait-soft)}
.notice.wrong{border-color:var(--wrong);background:var(--wrong-soft)}
.tag{display:inline-block;border:1px solid var(--field);border-radius:3px;padding:0 .5em;font-size:.9rem;background:#fff}
.tag.good{border-color:var(--act);color:var(--act-dark);background:var(--good-soft)}
.tag.wait{border-color:var(--wait);color:var(--wait-dark);background:var(--wait-soft)}
.tag.wrong{border-color:var(--wrong);color:var(--wrong);background:var(--wrong-soft)}
.cards{list-style:none;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr))}
.card{border:1px solid var(--line);border-radius:6px;padding:1rem 1.1rem;background:#fff;margin:0}
.cards>.card{display:flex;flex-direction:column}.cards>.card>:last-child{margin-top:auto}
.card h2,.card h3{margin-top:0}.card>:last-child{margin-bottom:0}
.summary{border:4px solid var(--wrong);border-radius:4px;padding:1rem;margin:1rem 0 1.5rem;background:#fff}
.summary h2{margin-bottom:.4em}.summary a{color:var(--wrong);font-weight:600}
.summary li a{display:inline-block;padding:.45rem 0}
.section{border-top:1px solid var(--line);margin-top:1.8rem}.section h2{margin-top:1rem}.actions.section{padding-top:1.2rem}
.item{margin:0 0 1.5rem;border:0;padding:0;min-width:0}
.item>label:not(.tick),.item>legend,.label{display:block;font-weight:600;padding:0;margin:0 0 .15rem}
.item>legend{float:left;width:100%}.item>legend+*{clear:both}
.hint{display:block;color:var(--soft);margin:0 0 .35rem;font-size:.97rem}
.problem{display:block;color:var(--wrong);font-weight:600;margin:0 0 .35rem}
.item.wrong{border-left:5px solid var(--wrong);padding-left:.8rem}
input,select,textarea,button{font:inherit;color:inherit;max-width:100%}
input[type=text],input[type=tel],input[type=email],input[type=date],input[type=password],input[type=number],
input[type=search],input[type=file],select,textarea{width:100%;min-height:2.9rem;padding:.45rem .6rem;
border:2px solid var(--field);border-radius:4px;background:#fff}
.wide input:not([type=checkbox],[type=radio]),.wide select,.wide textarea{max-width:min(100%,40rem)}
[aria-busy=true]{opacity:.65;cursor:progress}
input[type=file]{padding:.4rem}textarea{min-height:7rem}
input.short{width:9rem}input.medium{width:20rem}
.wrong input[type=text],.wrong input[type=tel],.wrong input[type=email],.wrong input[type=date],
.wrong input[type=password],.wrong select,.wrong textarea{border-color:var(--wrong)}
.tick{display:flex;gap:.7rem;align-items:flex-start;padding:.6rem 0;cursor:pointer}
.tick input{width:1.5rem;height:1.5rem;flex:none;margin:.05rem 0;accent-color:var(--act)}
.ticks{display:flex;flex-wrap:wrap;gap:0 2rem}
button,.button{display:inline-block;background:var(--act);color:#fff;border:2px solid transparent;border-radius:5px;
padding:.6rem 1.3rem;font-weight:600;text-decoration:none;cursor:pointer;min-height:2.9rem;line-height:1.4;text-align:center}
button:hover,.button:hover{background:var(--act-dark)}
button.second,.button.second{background:#fff;color:var(--act-dark);border-color:var(--act)}
button.second:hover,.button.second:hover{background:var(--good-soft)}
button.danger{background:#fff;color:var(--wrong);border-color:var(--wrong)}button.danger:hover{background:var(--wrong-soft)}
button.switch{font-weight:400}
.actions{display:flex;flex-wrap:wrap;gap:.8rem 1.2rem;align-items:center;margin:1.4rem 0}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;margin-bottom:.4rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .7rem .5rem 0;border-bottom:1px solid var(--line)}
thead th{color:var(--soft);font-weight:600;font-size:.93rem;overflow-wrap:break-word;
vertical-align:bottom}
.figure+td,.figure+th{padding-left:1.2rem}.figure{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.scroll{overflow-x:auto;margin:0 0 1em}.scroll table{margin:0}
.facts{display:grid;grid-template-columns:minmax(8rem,28%) minmax(0,1fr);max-width:52rem}
.facts dt{color:var(--soft);padding:.4rem 1.2rem .4rem 0;overflow-wrap:break-word}
.facts dd{margin:0;padding:.4rem 0}
.facts dt,.facts dd{border-bottom:1px solid var(--line)}
.facts>:last-child,.facts>:nth-last-child(2):is(dt){border-bottom:0}
.big{font-size:1.9rem;font-weight:700;line-height:1.25;margin:0 0 .3em;font-variant-numeric:tabular-nums}
.timeline{list-style:none;padding:0;margin:0 0 1.2rem}
.timeline li{border-left:3px solid var(--line);margin:0;padding:0 0 1rem 1.1rem;position:relative}
.timeline li::before{content:"";position:absolute;left:-.53rem;top:.45rem;width:.85rem;height:.85rem;border-radius:50%;
background:var(--act);border:2px solid var(--act)}
.timeline li:last-child{border-color:transparent;padding-bottom:0}.timeline time{color:var(--soft);font-size:.93rem;display:block}
.timeline li:first-child::after{content:"";position:absolute;left:-3px;top:0;width:3px;height:.5rem;background:var(--paper)}
.files{list-style:none;padding:0}.files li{border-bottom:1px solid var(--line);padding:.5rem 0}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.printed{display:none}
details{margin:0 0 1em}summary{cursor:pointer;padding:.55rem 0;color:var(--link)}
@media (max-width:30rem){.facts{grid-template-columns:minmax(0,1fr)}.facts dt{border:0;padding-bottom:0}.facts dd{padding-top:0}
.stacked thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stacked tr,.stacked td,.stacked tbody th{display:block}.stacked tr{border-bottom:1px solid var(--line);padding:.6rem 0}
.stacked td,.stacked tbody th{border:0;padding:.15rem 0;text-align:left}
.stacked td[data-label]::before{content:attr(data-label);display:inline-block;min-width:7rem;color:var(--soft)}
.actions button,.actions .button{width:100%}
h1{font-size:1.55rem}.brand small{display:none}html[lang=en] .brand{font-size:1.2rem}
.switch,button.switch{padding:0 .45rem}.switches{gap:0 .2rem;margin-right:-.45rem}}
@media (forced-colors:active){button,.button{border-color:ButtonText}.timeline li::before{border-color:CanvasText}
.top{border-bottom:1px solid CanvasText}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
`.trim();
