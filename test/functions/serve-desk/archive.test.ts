import { capturedOutput } from "#test/support/captured-output.ts";
import iconv from "iconv-lite";
import writeXlsxFile from "write-excel-file/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { formTo, wordsOf, type VisitedPage, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { personIndex } from "#shared/casework/person-index.ts";
import type { HardshipFile } from "#shared/domain/hardship-file.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { paths } from "#shared/web/paths.ts";
import {
  householdRows,
  sheetCells,
  sheetCsv,
  typedHousehold,
} from "#test/support/archive-pages.ts";
import { startCity } from "#test/support/city.ts";
import { postAsIs, signIn } from "#test/support/desk.ts";

let city: Embedded;
let keeper: Visitor;
let stranger: Visitor;
let district: Visitor;
let auditor: Visitor;
let admin: Visitor;
beforeAll(async () => {
  city = await startCity();
  keeper = await signIn(city, "chunfeng-handler-1");
  stranger = await signIn(city, "xiahe-handler-1");
  district = await signIn(city, "chengdong-handler-1");
  auditor = await signIn(city, "auditor");
  admin = await signIn(city, "admin");
});
afterAll(() => city.stop());

const archive = (...more: readonly string[]): string => paths.desk("archive", ...more);

const fileOf = async (number: number): Promise<HardshipFile | null> =>
  city.dependencies.archive.fileOf(
    await personIndex(city.dependencies, demoApplicant(number).idNumber),
  );

const openFile = async (
  number: number,
  changes: Readonly<Record<string, string>> = {},
): Promise<VisitedPage> => {
  const page = await keeper.get(archive("new"));
  return keeper.send(page, formTo(page, "/archive/new"), { ...typedHousehold(number), ...changes });
};

const opened = async (number: number): Promise<HardshipFile> => {
  const file = (await fileOf(number)) ?? (await openFile(number), await fileOf(number));
  if (!file) throw new Error("no file");
  return file;
};

const act = async (
  file: HardshipFile,
  ending: string,
  typed: Readonly<Record<string, string>>,
): Promise<VisitedPage> => {
  const page = await keeper.get(archive(file.id));
  return keeper.send(page, formTo(page, ending), typed);
};

test("a handler opens a file: category and computation are worked out and shown", async () => {
  const page = await openFile(700);
  expect(page.status).toBe(200);
  const file = await fileOf(700);
  expect(file).toMatchObject({ state: "open", category: "DEEP", unitId: "chunfeng" });
  expect(new URL(page.url).pathname).toBe(archive(file?.id ?? ""));
  const words = wordsOf(page.html);
  for (const shown of [
    "深度困难职工",
    "低于深度困难线",
    "郑家属",
    "癌症",
    "入户核实属实",
    "2027年7月19日",
  ]) {
    expect(words).toContain(shown);
  }
});

test("a form sent twice opens one file", async () => {
  const page = await keeper.get(archive("new"));
  const form = formTo(page, "/archive/new");
  const first = await keeper.send(page, form, typedHousehold(701));
  const second = await keeper.send(page, form, typedHousehold(701));
  expect(first.url).toBe(second.url);
  expect(await fileOf(701)).toMatchObject({ version: 1 });
});

test("what is wrong is named by member and question, and all that was typed is kept", async () => {
  const page = await openFile(702, {
    member2_idNumber: "370102200806200001",
    phone: "1",
    reason: "",
  });
  expect(page.status).toBe(422);
  const words = wordsOf(page.html);
  expect(words).toContain("成员 2 · “身份证号”不对");
  expect(words).toContain("“联系电话”请填");
  expect(words).toContain("请写明原因");
  const kept = Object.fromEntries(formTo(page, "/archive/new").fields);
  expect(kept).toMatchObject({ member2_idNumber: "370102200806200001", phone: "1", homes: "0" });
  expect(await fileOf(702)).toBeNull();
});

test("another member is asked for without losing what was typed, and without a script", async () => {
  const page = await openFile(703, { intent: "more" });
  expect(page.status).toBe(200);
  const kept = Object.fromEntries(formTo(page, "/archive/new").fields);
  expect(kept).toHaveProperty("member4_name");
  expect(kept["member2_name"]).toBe("郑家属");
  expect(await fileOf(703)).toBeNull();
});

test("who is above every line gets no file, and the page says which lines were missed", async () => {
  const page = await openFile(704, { member1_yearlyIncome: "60000" });
  expect(page.status).toBe(422);
  expect(wordsOf(page.html)).toContain("不低于相对困难线");
  expect(await fileOf(704)).toBeNull();
});

test("a person of another file is refused with that file's number", async () => {
  const file = await opened(700);
  const page = await openFile(705, {
    member2_idNumber: demoApplicant(700).relativeIdNumber,
  });
  expect(page.status).toBe(422);
  expect(wordsOf(page.html)).toContain(`一个人只能在一份档案里：${file.id}`);
});

test("a file is found by ID number and by its own, without the number in any address", async () => {
  const file = await opened(700);
  const find = async (visitor: Visitor, wanted: string): Promise<VisitedPage> => {
    const page = await visitor.get(archive());
    return visitor.send(page, formTo(page, "/find"), { wanted });
  };
  for (const wanted of [demoApplicant(700).relativeIdNumber, file.id]) {
    const page = await find(keeper, wanted);
    expect(new URL(page.url).pathname).toBe(archive(file.id));
    expect(page.url).not.toContain(demoApplicant(700).relativeIdNumber);
  }
  const unknown = await find(keeper, demoApplicant(799).idNumber);
  expect(unknown.status).toBe(422);
  expect(Object.fromEntries(formTo(unknown, "/find").fields)["wanted"]).toBe(
    demoApplicant(799).idNumber,
  );
  // Another branch learns nothing of it, not even that it is there.
  expect(wordsOf((await find(stranger, demoApplicant(700).idNumber)).html)).toContain("没有这个人");
});

test("the own branch sees a file, another one doesn't; administrators see it masked and may not change it", async () => {
  const file = await opened(700);
  expect((await district.get(archive(file.id))).status).toBe(200);
  expect((await stranger.get(archive(file.id))).status).toBe(404);
  expect((await stranger.get(archive(file.id, "changed"))).status).toBe(404);
  const shown = wordsOf((await auditor.get(archive(file.id))).html);
  expect(shown).toContain(demoApplicant(700).idNumber);
  const masked = await admin.get(archive(file.id));
  for (const secret of [
    demoApplicant(700).idNumber,
    "郑家属",
    "癌症",
    "示例路700号",
    "入户核实属实",
  ]) {
    expect(masked.html.includes(secret)).toBe(false);
  }
  expect(wordsOf(masked.html)).toContain("陈*");
  expect((await admin.get(archive("new"))).status).toBe(403);
  expect((await postAsIs(admin, archive(file.id, "close"), { version: "1" })).status).toBe(403);
  expect((await postAsIs(auditor, archive("new"), typedHousehold(706))).status).toBe(403);
});

test("a change keeps the former version, says what changed, and refuses to change nothing", async () => {
  const file = await opened(710);
  const page = await keeper.get(archive(file.id, "changed"));
  const form = formTo(page, "/changed");
  const same = await keeper.send(page, form, { reason: "没有变化" });
  expect(same.status).toBe(422);
  expect(wordsOf(same.html)).toContain("完全一样");

  const changed = await keeper.send(page, form, { housing: "public", reason: "搬进公租房" });
  expect(changed.status).toBe(200);
  const words = wordsOf(changed.html);
  expect(words).toContain("变更了：住房类型");
  expect(words).toContain("搬进公租房");
  expect(await fileOf(710)).toMatchObject({ version: 2 });

  // The page that was open before shows the file as it was.
  const late = await keeper.send(page, form, { housing: "own", reason: "旧页面" });
  expect(late.status).toBe(409);
  expect(await fileOf(710)).toMatchObject({ version: 2 });
});

test("re-verification counts months above the line; only the exit rule lets it leave as out of hardship", async () => {
  const file = await opened(711);
  const early = await act(file, "/close", { why: "out_of_hardship", closeReason: "收入好转" });
  expect(early.status).toBe(422);
  expect(wordsOf(early.html)).toContain("还不到退出条件");
  expect(Object.fromEntries(formTo(early, "/close").fields)).toMatchObject({
    why: "out_of_hardship",
    closeReason: "收入好转",
  });

  // 1,062 × 2 people × 5 months = 10,620: one fen above it counts, the figure itself doesn't.
  const typed = { months: "5", causeGone: "yes", verifyReason: "核对工资单" };
  await act(file, "/verify", { ...typed, income: "10620" });
  expect(await fileOf(711)).toMatchObject({ monthsAboveLine: 0, causeGone: true });
  await act(file, "/verify", { ...typed, income: "10620.01" });
  expect(await fileOf(711)).toMatchObject({ monthsAboveLine: 5 });
  expect((await act(file, "/prevention", { preventionReason: "再看看" })).status).toBe(422);
  await act(file, "/verify", { ...typed, months: "1", income: "3000" });
  expect(await fileOf(711)).toMatchObject({ monthsAboveLine: 6 });

  const watched = await act(file, "/prevention", { preventionReason: "收入还不稳定" });
  expect(watched.status).toBe(200);
  expect(await fileOf(711)).toMatchObject({ state: "prevention" });
  expect(wordsOf((await keeper.get(archive("list", "prevention"))).html)).toContain(file.id);

  const closed = await act(file, "/close", { why: "out_of_hardship", closeReason: "稳定脱困" });
  expect(wordsOf(closed.html)).toContain("已退档");
  expect(await fileOf(711)).toMatchObject({ state: "closed", closedFor: "out_of_hardship" });

  const again = await keeper.get(archive(file.id, "reopened"));
  await keeper.send(again, formTo(again, "/reopened"), { reason: "返困" });
  expect(await fileOf(711)).toMatchObject({ state: "open", monthsAboveLine: 0, closedFor: null });
});

test.each([
  [{ months: "0", income: "1", verifyReason: "x" }, "月数请填"],
  [{ months: "1", income: "1,000", verifyReason: "x" }, "收入请填数字"],
  [{ months: "1", income: "1", verifyReason: "" }, "请写明原因"],
])("a re-verification typed as %j is sent back", async (typed, says) => {
  const file = await opened(712);
  const page = await act(file, "/verify", typed);
  expect(page.status).toBe(422);
  expect(wordsOf(page.html)).toContain(says);
  expect(Object.fromEntries(formTo(page, "/verify").fields)).toMatchObject(typed);
});

const upload = async (visitor: Visitor, bytes: Uint8Array): Promise<VisitedPage> => {
  const page = await visitor.get(archive("import"));
  const form = page.forms.find(({ multipart }) => multipart);
  if (!form) throw new Error("the page takes no file");
  const uploaded = await visitor.upload(page, form, {
    name: "档案.xlsx",
    type: "application/octet-stream",
    bytes,
  });
  // The newest stands first; the clock tells them apart.
  await city.clock.advanceTo(addMinutes(city.clock.now(), 1));
  return visitor.send(uploaded, importForm(uploaded));
};

const workbook = async (rows: Parameters<typeof sheetCells>[0]): Promise<Uint8Array> => {
  const data = sheetCells(rows).map((cells) =>
    cells.map((value) => (value === "" ? null : { value, type: String })),
  );
  return new Uint8Array(await writeXlsxFile(data as never).toBuffer());
};

const importForm = (page: VisitedPage) => {
  const form = page.forms.find(({ action, multipart }) => action.endsWith("/import") && !multipart);
  if (!form) throw new Error("nothing to import");
  return form;
};

test("a workbook is checked, shown, imported, and imported again without any change", async () => {
  const rows = [720, 721].flatMap((number) => householdRows(number));
  const checked = await upload(keeper, await workbook(rows));
  expect(checked.status).toBe(200);
  expect(wordsOf(checked.html)).toContain("检查通过，可以导入 户 2 人 4");
  expect(await fileOf(720)).toBeNull();

  const done = await keeper.send(checked, importForm(checked), { intent: "import" });
  expect(wordsOf(done.html)).toContain("新建档案 2 户");
  const file = await fileOf(720);
  expect(file).toMatchObject({ state: "open", version: 1 });

  const again = await keeper.send(checked, importForm(checked), { intent: "import" });
  expect(wordsOf(again.html)).toContain("新建档案 0 户；原已导入 2 户");
  expect(await fileOf(720)).toEqual(file);
});

test("a GBK file with mistakes imports nothing and lists each by row and column", async () => {
  const rows = [
    ...householdRows(730),
    ...householdRows(731, { idNumber: "370102198001010731", unitId: "夏荷街道工会服务站" }),
  ];
  const page = await upload(keeper, iconv.encode(sheetCsv(rows), "gbk"));
  expect(page.status).toBe(422);
  const words = wordsOf(page.html);
  expect(words).toContain("什么都没有导入");
  expect(words).toContain("4 身份证号 “身份证号”不对");
  expect(await fileOf(730)).toBeNull();

  const english = await keeper.get(`${archive("import")}?lang=en`);
  expect(english.status).toBe(200);
  await keeper.get(`${archive()}?lang=zh-CN`);
});

test("a file of another branch's office can't be imported", async () => {
  const page = await upload(
    keeper,
    await workbook(householdRows(732, { unitId: "夏荷街道工会服务站" })),
  );
  expect(wordsOf(page.html)).toContain("不属于本单位及下级");
  const own = await upload(
    stranger,
    await workbook(householdRows(732, { unitId: "夏荷街道工会服务站" })),
  );
  expect(wordsOf(own.html)).toContain("检查通过");
});

test("what somebody else uploaded can't be imported under its name", async () => {
  const checked = await upload(keeper, await workbook(householdRows(733)));
  const name = Object.fromEntries(importForm(checked).fields)["upload"] ?? "";
  const taken = await postAsIs(stranger, archive("import"), { upload: name, intent: "import" });
  expect(taken.status).toBe(422);
  expect(await fileOf(733)).toBeNull();
});

test("the template holds every heading that the import knows", async () => {
  const text = new TextDecoder().decode(await keeper.download(archive("template")));
  expect(text.trim().split(",")).toHaveLength(sheetCells([])[0]?.length ?? 0);
  expect(text).toContain("户编号");
});

test("lists show what is about to run out and what has, by the clock", async () => {
  const file = await opened(740);
  expect(wordsOf((await keeper.get(archive("list", "expiring"))).html)).not.toContain(file.id);
  expect(wordsOf((await stranger.get(archive("list", "open"))).html)).not.toContain(file.id);
  expect(wordsOf((await district.get(archive("list", "open"))).html)).toContain(file.id);
  expect((await keeper.get(archive("list", "nothing"))).status).toBe(404);
});

test("no log line of all this names anybody or holds a number", () => {
  const lines = capturedOutput().filter((line) => line.startsWith('{"level":'));
  expect(lines.some((line) => line.includes("archive searched"))).toBe(true);
  const people = [700, 702, 705, 711, 720, 730].map(demoApplicant);
  const secrets = people.flatMap(({ idNumber, relativeIdNumber, cardNumber }) => [
    idNumber,
    relativeIdNumber,
    cardNumber,
  ]);
  for (const secret of [...secrets, "郑家属", "示例路"]) {
    expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  }
});
