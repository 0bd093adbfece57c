/** The names of what pages load. Written by infra/tools/generate-assets.ts; never edited by hand. */
export const stylesheetFile = "songnuan.f3b6804e.css";
export const scriptFile = "songnuan.768f87bc.js";
export const iconFile = "songnuan.0cbcf636.svg";
