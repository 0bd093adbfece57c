/** Fund orders over HTTP, as two people make them at the desk. */
import { formTo, type VisitedPage, type Visitor } from "#infra/local/demo/visitor.ts";
import { paths } from "#shared/web/paths.ts";

/** The number of the order that a page shows after it was proposed. */
export const orderIdOn = (page: VisitedPage): string => {
  const id = new URL(page.url).pathname.split("/").pop() ?? "";
  if (!/^O\d{8}-\w{6}$/u.test(id)) throw new Error(`no order was made: ${page.status} ${page.url}`);
  return id;
};

/** Fills in the form at an address of the funds' pages and sends it: the next page, or the form with its problems. */
export const sendOrder = async (
  maker: Visitor,
  address: string,
  fields: Readonly<Record<string, string>>,
): Promise<VisitedPage> => {
  const page = await maker.get(address);
  const action = new URL(page.url).pathname;
  const form = page.forms.find((one) => one.method === "post" && one.action.endsWith(action));
  if (!form) throw new Error(`no form for an order on ${page.status} ${page.url}`);
  return maker.send(page, form, { reason: "按文件办理", ...fields });
};

/** Orders money in, by hand down, or back. */
export const orderByHand = (
  maker: Visitor,
  kind: "income" | "allot" | "return",
  fundId: string,
  fields: Readonly<Record<string, string>>,
): Promise<VisitedPage> =>
  sendOrder(maker, `${paths.desk("funds", "orders", "new")}?kind=${kind}&fund=${fundId}`, fields);

/** Authorises an order as the second person. */
export const authoriseOrderAtDesk = async (checker: Visitor, id: string): Promise<VisitedPage> => {
  const page = await checker.get(paths.desk("funds", "orders", id));
  return checker.send(page, formTo(page, "/authorise"));
};

/** Money into a fund, ordered by one and authorised by another. */
export const bringIn = async (
  { maker, checker }: { readonly maker: Visitor; readonly checker: Visitor },
  fundId: string,
  voucher: string,
  amount: string,
): Promise<VisitedPage> => {
  const proposed = await orderByHand(maker, "income", fundId, { voucher, amount });
  return authoriseOrderAtDesk(checker, orderIdOn(proposed));
};
