/** What every page leaves out on paper, and the forms that the union files: 审批表, 公示, 发放清单. */

/** Sheets look on the screen as they will on paper: ruled, narrow, black. */
const sheets = `
.sheet{max-width:48rem}.wide-sheet{max-width:none}.sheet h1{text-align:center;margin-top:1rem}
.sheet-head{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.2rem 1.5rem}
.ruled{background:#fff}.ruled th,.ruled td{border:1px solid #555;padding:.3rem .5rem}
.ruled th{font-weight:600;font-size:inherit;color:var(--ink)}
.form-sheet{table-layout:fixed;font-size:.93rem;line-height:1.45}.form-sheet th{width:14%}
.form-sheet .signed{text-align:right;color:var(--soft)}.form-sheet .seal{margin-left:2.5rem}
.form-sheet .sign-here td{height:4.5rem}
.signatures{display:grid;gap:.5rem 2rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,13rem),1fr));margin-top:1.5rem}
.signatures dt{color:var(--soft)}.signatures dd{margin:0;border-bottom:1px solid #555;min-height:2.4rem}
@media (max-width:40rem){.form-sheet,.form-sheet tbody,.form-sheet tr,.form-sheet th,.form-sheet td{display:block;width:auto}
.form-sheet th{border-bottom:0;padding-bottom:0}.form-sheet td{border-top:0}.form-sheet .sign-here td{border-top:1px solid #555}}
`.trim();

/** A table's head comes again on every page; a row, a chart and a form's line are never cut in two. */
const paper = `
@page{size:A4;margin:14mm 13mm}
@media print{html{font-size:10.5pt}body{font-size:10.5pt;line-height:1.45;background:#fff;color:#000}
.top{background:none;color:#000;border-bottom:1px solid #000}.top .brand{color:#000}.brand svg{display:none}.top .frame{min-height:0}
.top nav,.switches,.desk-bar,.skip,.actions,footer,input[type=file],.unprinted{display:none!important}.printed{display:block}
.frame,.frame.wide{max-width:none;padding:0}main{padding:0}a{color:#000;text-decoration:none}
.panel,.card,.notice,.headline>div{border:1px solid #999;background:none;break-inside:avoid}
h1{font-size:15pt}h2{font-size:12.5pt}h1,h2,h3,caption,figcaption{break-after:avoid}
.big{font-size:14pt}.scroll{overflow:visible}
thead{display:table-header-group}tr,figure,.chart,.signatures,.card{break-inside:avoid}
th,td{padding:.25rem .5rem .25rem 0}.ruled th,.ruled td{padding:.18rem .35rem;border-color:#000}
details::details-content{content-visibility:visible;height:auto}summary{color:#000;list-style:none}
.charts{grid-template-columns:1fr 1fr}.bar-light,.bar-middle,.bar-dark,.bar-loud{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.tag{border-color:#000;color:#000;background:none}
body:has(.sheet) .top{display:none}.sheet,.wide-sheet{max-width:none}.sheet h1{margin:0 0 .3rem}
.compact table,.compact thead th{font-size:8.5pt}.compact td:first-child{min-width:7em}
.board-foot{text-align:right;margin-top:10mm}.payment-rows{font-size:8.5pt;line-height:1.3}.form-sheet{font-size:9.5pt;line-height:1.35}.form-sheet th,.form-sheet td{padding:.28rem .4rem}.form-sheet .sign-here td{height:18mm}}
`.trim();

export const printStyles = `${sheets}
${paper}`;
