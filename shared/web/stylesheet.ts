/**
 * The one stylesheet, written by hand for a cheap phone first: system fonts, no images, nothing that needs a
 * script. Its address carries its content's hash, so browsers may keep it for good.
 */
import type { PageResponse } from "./page.ts";

/** Warm paper, dark ink; green acts, red warns. Every pair of text and ground has a contrast of 4.5 or more. */
const stylesheet = `
:root{--ink:#1f1b18;--soft:#57504a;--paper:#fffdf9;--panel:#f6f1e9;--line:#cfc5b8;--field:#6f665e;
--brand:#9a2a1c;--act:#12634b;--act-dark:#0c4a38;--link:#0b4f86;--wrong:#b1001c;--wrong-soft:#fff1f1;
--good-soft:#e9f5ef;--wait-soft:#fff6dd;--focus:#ffbf2e;color-scheme:light}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);line-height:1.6;overflow-wrap:anywhere;
font-family:system-ui,-apple-system,"PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans CJK SC",
"Noto Sans SC","Source Han Sans SC",sans-serif;font-size:1.0625rem}
h1,h2,h3{line-height:1.3;margin:1.6em 0 .5em;text-wrap:balance}
h1{font-size:1.65rem;margin-top:.6em}h2{font-size:1.28rem}h3{font-size:1.08rem}
p,ul,ol,dl,table{margin:0 0 1em}ul{padding-left:1.4em}ol{padding-left:2em}li{margin:.2em 0}
a{color:var(--link);text-underline-offset:.18em}a:hover{text-decoration-thickness:2px}
code,.code{font-family:ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace;letter-spacing:.04em}
:focus-visible{outline:3px solid var(--focus);outline-offset:0;box-shadow:0 0 0 5px var(--ink);border-radius:3px}
.skip{position:absolute;left:-999rem;background:#fff;color:var(--ink);padding:.6rem 1rem;z-index:1}
.skip:focus{left:.5rem;top:.5rem}
.frame{max-width:46rem;margin:0 auto;padding:0 1rem}.frame.wide{max-width:76rem}
.top{background:var(--brand);color:#fff}
.top .frame{display:flex;flex-wrap:wrap;align-items:center;gap:.2rem 1.2rem;min-height:3.4rem}
.top a,.top button{color:#fff}
.brand{font-size:1.35rem;font-weight:700;text-decoration:none;letter-spacing:.1em;padding:.4rem 0}
html[lang=en] .brand{letter-spacing:.02em}
.brand small{font-size:.8rem;font-weight:400;letter-spacing:0;margin-left:.5em}
.top nav{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin-left:auto;align-items:center}
.top nav a,.switch{display:inline-block;padding:.55rem 0}
.switch{background:none;border:0;font:inherit;text-decoration:underline;cursor:pointer;text-underline-offset:.18em}
main{padding-bottom:3rem}main:focus{outline:none;box-shadow:none}
footer{border-top:1px solid var(--line);color:var(--soft);font-size:.93rem;padding:1rem 0 2rem}
footer p{margin:.3em 0}
.lead{font-size:1.13rem}.soft{color:var(--soft)}.small{font-size:.93rem}.nowrap{white-space:nowrap}
.back{display:inline-block;margin-top:1rem;padding:.2rem 0}
.panel{background:var(--panel);border-radius:6px;padding:1rem 1.1rem;margin:0 0 1.2rem}
.panel>:first-child,.notice>:first-child,.summary>:first-child{margin-top:0}
.panel>:last-child,.notice>:last-child,.summary>:last-child{margin-bottom:0}
.notice{border-left:6px solid var(--field);background:var(--panel);padding:.8rem 1rem;margin:0 0 1.2rem}
.notice.good{border-color:var(--act);background:var(--good-soft)}
.notice.wait{border-color:#a36a00;background:var(--wait-soft)}
.notice.wrong{border-color:var(--wrong);background:var(--wrong-soft)}
.tag{display:inline-block;border:1px solid var(--field);border-radius:3px;padding:0 .5em;font-size:.9rem;background:#fff}
.tag.good{border-color:var(--act);color:var(--act-dark);background:var(--good-soft)}
.tag.wait{border-color:#8a5a00;color:#6b4500;background:var(--wait-soft)}
.tag.wrong{border-color:var(--wrong);color:var(--wrong);background:var(--wrong-soft)}
.cards{list-style:none;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr))}
.card{border:1px solid var(--line);border-radius:6px;padding:1rem 1.1rem;background:#fff;margin:0}
.card h2,.card h3{margin-top:0}.card>:last-child{margin-bottom:0}
.summary{border:4px solid var(--wrong);border-radius:4px;padding:1rem;margin:1rem 0 1.5rem;background:#fff}
.summary h2{margin-bottom:.4em}.summary a{color:var(--wrong);font-weight:600}
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
input[type=file]{padding:.4rem}textarea{min-height:7rem}
input.short{width:9rem}input.medium{width:20rem}
.wrong input[type=text],.wrong input[type=tel],.wrong input[type=email],.wrong input[type=date],
.wrong input[type=password],.wrong select,.wrong textarea{border-color:var(--wrong)}
.tick{display:flex;gap:.7rem;align-items:flex-start;padding:.45rem 0;cursor:pointer}
.tick input{width:1.5rem;height:1.5rem;flex:none;margin:.05rem 0;accent-color:var(--act)}
.ticks{display:flex;flex-wrap:wrap;gap:0 2rem}
button,.button{display:inline-block;background:var(--act);color:#fff;border:2px solid transparent;border-radius:5px;
padding:.6rem 1.3rem;font-weight:600;text-decoration:none;cursor:pointer;min-height:2.9rem;line-height:1.4;text-align:center}
button:hover,.button:hover{background:var(--act-dark)}
button.second,.button.second{background:#fff;color:var(--act-dark);border-color:var(--act)}
button.second:hover,.button.second:hover{background:var(--good-soft)}
button.danger{background:#fff;color:var(--wrong);border-color:var(--wrong)}button.danger:hover{background:var(--wrong-soft)}
button.switch{background:none;border:0;padding:.55rem 0;font-weight:400;min-height:0}
.actions{display:flex;flex-wrap:wrap;gap:.8rem 1.2rem;align-items:center;margin:1.4rem 0}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;margin-bottom:.4rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .7rem .5rem 0;border-bottom:1px solid var(--line)}
thead th{color:var(--soft);font-weight:600;font-size:.93rem}
.figure{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.scroll{overflow-x:auto;margin:0 0 1em}.scroll table{margin:0}
.facts{display:grid;grid-template-columns:minmax(7rem,auto) 1fr;gap:0 1.2rem}
.facts dt{color:var(--soft);padding:.35rem 0}.facts dd{margin:0;padding:.35rem 0}
.facts dt,.facts dd{border-bottom:1px solid var(--line)}
.big{font-size:1.9rem;font-weight:700;line-height:1.25;margin:0 0 .3em;font-variant-numeric:tabular-nums}
.timeline{list-style:none;padding:0;margin:0 0 1.2rem}
.timeline li{border-left:3px solid var(--line);margin:0;padding:0 0 1rem 1.1rem;position:relative}
.timeline li::before{content:"";position:absolute;left:-.53rem;top:.45rem;width:.85rem;height:.85rem;border-radius:50%;
background:var(--act);border:2px solid var(--paper)}
.timeline li:last-child{border-color:transparent;padding-bottom:0}.timeline time{color:var(--soft);font-size:.93rem;display:block}
.files{list-style:none;padding:0}.files li{border-bottom:1px solid var(--line);padding:.5rem 0}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.printed{display:none}
details{margin:0 0 1em}summary{cursor:pointer;padding:.35rem 0;color:var(--link)}
@media (max-width:30rem){.facts{grid-template-columns:1fr}.facts dt{border:0;padding-bottom:0}
.stacked thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stacked tr,.stacked td{display:block}.stacked tr{border-bottom:1px solid var(--line);padding:.6rem 0}
.stacked td{border:0;padding:.15rem 0;text-align:left}
.stacked td[data-label]::before{content:attr(data-label);display:inline-block;min-width:7rem;color:var(--soft)}
.facts dd{padding-top:0}.actions button,.actions .button{width:100%}.brand small{display:none}}
@media (forced-colors:active){button,.button{border-color:ButtonText}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{body{font-size:11pt;background:#fff}.top{background:none;color:#000}.brand{color:#000}
.top nav,.skip,.actions,footer nav,input[type=file],.unprinted{display:none!important}.printed{display:block}
a{color:#000}.panel,.card,.notice{border:1px solid #999;break-inside:avoid}main{padding:0}}
`.trim();

/** FNV-1a of the text, eight hex digits: enough to tell one version of a file from another. */
const contentHash = (text: string): string => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
};

/** A flame in a circle, for the browser's tab. */
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#9a2a1c"/><path d="M17 5c1 5 7 7 7 14a8 8 0 0 1-16 0c0-4 3-5 4-9 2 1 3 3 3 5 2-3 3-6 2-10z" fill="#fff6dd"/></svg>`;

/** "songnuan.1a2b3c4d.css": changes whenever the sheet does. */
export const stylesheetFile = `songnuan.${contentHash(stylesheet)}.css`;
export const iconFile = `songnuan.${contentHash(icon)}.svg`;

const assets: readonly {
  readonly current: string;
  readonly names: RegExp;
  readonly contentType: string;
  readonly body: string;
}[] = [
  {
    current: stylesheetFile,
    names: /^songnuan(?:\.[0-9a-f]{8})?\.css$/u,
    contentType: "text/css; charset=utf-8",
    body: stylesheet,
  },
  {
    current: iconFile,
    names: /^songnuan(?:\.[0-9a-f]{8})?\.svg$/u,
    contentType: "image/svg+xml",
    body: icon,
  },
];

/** The asset of that name, with headers that let browsers keep it a year. @returns null when there is none. */
export const asset = (file: string): PageResponse | null => {
  const found = assets.find(({ names }) => names.test(file));
  if (!found) return null;
  // A page kept open over a deployment asks for a former name: it gets today's content, but not for good.
  const cacheControl = file === found.current ? "public, max-age=31536000, immutable" : "no-cache";
  return {
    status: 200,
    body: found.body,
    contentType: found.contentType,
    headers: { "cache-control": cacheControl },
  };
};
