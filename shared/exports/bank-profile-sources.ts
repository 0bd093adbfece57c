/** Every bank's profile as it is written. Made by `npm run generate` from the files' names; never edited by hand. */
import boc from "./bank-profiles/boc.json" with { type: "json" };
import cmb from "./bank-profiles/cmb.json" with { type: "json" };
import generic from "./bank-profiles/generic.json" with { type: "json" };
import icbc from "./bank-profiles/icbc.json" with { type: "json" };
import pain001 from "./bank-profiles/pain001.json" with { type: "json" };

export const bankProfileSources: readonly unknown[] = [boc, cmb, generic, icbc, pain001];
