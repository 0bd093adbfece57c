import { expect, test } from "vitest";
import { apiProblemCodes, apiProblems, problemResponse } from "#shared/web/api-problem.ts";

const here = { siteUrl: "https://bangfu.example.cn", locale: "en" } as const;

test("a problem says what, in the reader's language, and its type leads to its page", () => {
  const detail = { zh: "缺少", en: "It is missing" };
  const response = problemResponse(
    { code: "invalid", errors: [{ pointer: "/words", code: "required", detail }] },
    here,
  );
  expect(response).toMatchObject({ status: 422, contentType: "application/problem+json" });
  expect(JSON.parse(String(response.body))).toEqual({
    type: "https://bangfu.example.cn/api/problems/invalid",
    title: apiProblems.invalid.title.en,
    status: 422,
    detail: apiProblems.invalid.mend.en,
    code: "invalid",
    errors: [{ pointer: "/words", code: "required", detail: "It is missing" }],
  });
});

test("every problem has a status of an error, and words in both languages", () => {
  for (const code of apiProblemCodes) {
    const { status, title, mend } = apiProblems[code];
    expect(status).toBeGreaterThanOrEqual(400);
    for (const { zh, en } of [title, mend]) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).not.toMatch(/\p{Script=Han}/u);
    }
  }
});
