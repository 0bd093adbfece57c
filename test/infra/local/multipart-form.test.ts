import { expect, test } from "vitest";
import { readMultipartForm } from "#infra/local/multipart-form.ts";

/** A form in the bytes that a browser's own implementation makes. */
const encoded = async (form: FormData): Promise<{ body: Buffer; type: string }> => {
  const request = new Request("http://localhost/", { method: "POST", body: form });
  return {
    body: Buffer.from(await request.arrayBuffer()),
    type: request.headers.get("content-type") ?? "",
  };
};

const formWith = (
  fields: readonly (readonly [string, string])[],
  file: Uint8Array<ArrayBuffer>,
) => {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  form.append("file", new Blob([file]), "照片 1.png");
  return form;
};

test("fields and file are read to the byte, whatever bytes they are", async () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
  const lines = new Uint8Array(Buffer.from("\r\n--\r\n\r\n----x\r\n"));
  for (const file of [bytes, lines, new Uint8Array()]) {
    const { body, type } = await encoded(
      formWith(
        [
          ["Key", "在 册/1"],
          ["empty", ""],
        ],
        file,
      ),
    );

    const form = readMultipartForm(body, type);

    expect([...(form?.fields ?? [])]).toEqual([
      ["key", "在 册/1"],
      ["empty", ""],
    ]);
    expect(Buffer.from(form?.file ?? [1]).equals(Buffer.from(file))).toBe(true);
  }
});

test("fields after the file are left out, as S3 does", async () => {
  const form = formWith([["key", "a"]], new Uint8Array([1]));
  form.append("key", "b");
  const { body, type } = await encoded(form);

  expect(readMultipartForm(body, type)?.fields.get("key")).toBe("a");
});

test("a form that could be read in two ways, or not to its end, isn't read", async () => {
  const twice = await encoded(
    formWith(
      [
        ["key", "a"],
        ["KEY", "b"],
      ],
      new Uint8Array([1]),
    ),
  );
  const whole = await encoded(formWith([["key", "a"]], new Uint8Array([1])));
  const noFile = new FormData();
  noFile.append("key", "a");
  const without = await encoded(noFile);

  expect(readMultipartForm(twice.body, twice.type)).toBeNull();
  expect(readMultipartForm(whole.body.subarray(0, -30), whole.type)).toBeNull();
  expect(readMultipartForm(without.body, without.type)).toBeNull();
  expect(readMultipartForm(whole.body, "multipart/form-data; boundary=other")).toBeNull();
  expect(readMultipartForm(whole.body, "application/x-www-form-urlencoded")).toBeNull();
  expect(readMultipartForm(Buffer.alloc(0), whole.type)).toBeNull();
});
