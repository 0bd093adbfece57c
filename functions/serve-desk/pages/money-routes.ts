/** Funds, batches and exports: read when one of them is first opened. */
import type { Route } from "../route.ts";
import { showBatch } from "./batch.ts";
import {
  authorise,
  continueBatch,
  downloadBankFile,
  importReturn,
  voidBatch,
} from "./batch-actions.ts";
import { showBatches } from "./batches.ts";
import { downloadExport, makeExport, showExport } from "./export.ts";
import { bookGrant, showFund, showFunds } from "./funds.ts";
import { createBatch, showNewBatch } from "./new-batch.ts";
import { showPaymentList } from "./payment-list.ts";

/** Longer addresses with fixed words stand before the ones they would fit. */
export const moneyRoutes: readonly Route[] = [
  { method: "GET", path: ["funds"], right: "see_funds", answer: showFunds },
  { method: "GET", path: ["funds", ":"], right: "see_funds", answer: showFund },
  { method: "POST", path: ["funds", ":", "grants"], right: "grant", answer: bookGrant },
  { method: "GET", path: ["batches"], right: "see_batches", answer: showBatches },
  { method: "GET", path: ["batches", "new"], right: "assemble", answer: showNewBatch },
  { method: "POST", path: ["batches", "new"], right: "assemble", answer: createBatch },
  { method: "GET", path: ["batches", ":"], right: "see_batches", answer: showBatch },
  { method: "GET", path: ["batches", ":", "list"], right: "see_batches", answer: showPaymentList },
  { method: "GET", path: ["batches", ":", "file"], right: "bank_file", answer: downloadBankFile },
  { method: "POST", path: ["batches", ":", "authorise"], right: "authorise", answer: authorise },
  { method: "POST", path: ["batches", ":", "void"], right: "void", answer: voidBatch },
  { method: "POST", path: ["batches", ":", "continue"], right: "assemble", answer: continueBatch },
  {
    method: "POST",
    path: ["batches", ":", "returns"],
    right: "import_return",
    answer: importReturn,
  },
  { method: "GET", path: ["export"], right: "export", answer: showExport },
  { method: "POST", path: ["export"], right: "export", answer: makeExport },
  { method: "GET", path: ["export", ":"], right: "export", answer: downloadExport },
];
