/** Batches: read when one of their pages is first opened. */
import type { Route } from "../../route.ts";
import { showBatch } from "../batch.ts";
import {
  authorise,
  continueBatch,
  downloadBankFile,
  importReturn,
  voidBatch,
} from "../batch-actions.ts";
import { showBatches } from "../batches.ts";
import { createBatch, showNewBatch } from "../new-batch.ts";
import { showPaymentList } from "../payment-list.ts";
import { answerLines, enterReceipt } from "./bank-word.ts";
import { holdPayments, releaseHold, showHolds, showRelease } from "./holds.ts";
import {
  confirmBatchRefused,
  sayBatchRefused,
  sendRefusalPaper,
  withdrawBatchRefused,
} from "./refusal.ts";
import {
  agreePaymentReturned,
  sayPaymentReturned,
  showPayment,
  withdrawPaymentReturned,
} from "./returned.ts";
import { passCards, sendBack, showCards, showSendBack } from "./cards.ts";

/** Longer addresses with fixed words stand before the ones they would fit. */
export const batchRoutes: readonly Route[] = [
  { method: "GET", path: ["batches"], right: "see_batches", answer: showBatches },
  { method: "GET", path: ["batches", "new"], right: "assemble", answer: showNewBatch },
  { method: "POST", path: ["batches", "new"], right: "assemble", answer: createBatch },
  { method: "GET", path: ["batches", "cards"], right: "see_batches", answer: showCards },
  { method: "POST", path: ["batches", "cards"], right: "check_card", answer: passCards },
  { method: "GET", path: ["batches", "cards", ":"], right: "check_card", answer: showSendBack },
  { method: "POST", path: ["batches", "cards", ":"], right: "check_card", answer: sendBack },
  { method: "GET", path: ["batches", "holds"], right: "see_batches", answer: showHolds },
  { method: "POST", path: ["batches", "holds"], right: "hold_payments", answer: holdPayments },
  { method: "GET", path: ["batches", "holds", ":"], right: "hold_payments", answer: showRelease },
  { method: "POST", path: ["batches", "holds", ":"], right: "hold_payments", answer: releaseHold },
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
  {
    method: "POST",
    path: ["batches", ":", "acceptance"],
    right: "import_return",
    answer: enterReceipt,
  },
  {
    method: "POST",
    path: ["batches", ":", "answers"],
    right: "import_return",
    answer: answerLines,
  },
  {
    method: "GET",
    path: ["batches", ":", "refusal"],
    right: "see_batches",
    answer: sendRefusalPaper,
  },
  {
    method: "POST",
    path: ["batches", ":", "refusal"],
    right: "import_return",
    answer: sayBatchRefused,
  },
  {
    method: "POST",
    path: ["batches", ":", "refusal-confirmed"],
    right: "authorise",
    answer: confirmBatchRefused,
  },
  {
    method: "POST",
    path: ["batches", ":", "refusal-withdrawn"],
    right: "void",
    answer: withdrawBatchRefused,
  },
  {
    method: "GET",
    path: ["batches", ":", "items", ":"],
    right: "see_batches",
    answer: showPayment,
  },
  {
    method: "POST",
    path: ["batches", ":", "items", ":", "returned"],
    right: "import_return",
    answer: sayPaymentReturned,
  },
  {
    method: "POST",
    path: ["batches", ":", "items", ":", "agreed"],
    right: "authorise",
    answer: agreePaymentReturned,
  },
  {
    method: "POST",
    path: ["batches", ":", "items", ":", "withdrawn"],
    right: "import_return",
    answer: withdrawPaymentReturned,
  },
];
