/** What stands beside an export, as lines of its page and as JSON: enough to ask for the very same table again. */
import type { FinanceExport } from "#shared/domain/finance-export.ts";
import { plainYuan } from "#shared/kernel/money.ts";

/** Nothing of it names a person who was paid. */
export const manifestJson = (one: FinanceExport): string => {
  const { id, request, askedBy, askedAt, isLocked, purpose, made } = one;
  const { kind, format, cutOff, isFull, ...parameters } = request;
  const manifest = {
    id,
    kind,
    format,
    parameters,
    cutOff,
    personalData: isFull ? "full" : "masked",
    purpose,
    locked: isLocked,
    askedBy,
    askedAt,
    ...(made
      ? {
          rows: made.rows,
          sumFen: made.sumFen,
          sumYuan: plainYuan(made.sumFen),
          sha256: made.sha256,
          sizeBytes: made.sizeBytes,
          madeBy: "make-export",
          madeAt: made.madeAt,
        }
      : {}),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
};
