/** Requests that have broken programs before, over the forms and addresses of the site. */
import fc from "fast-check";
import { programmes } from "#workflows/registry.ts";
import type { People, Target } from "./hostile-people.ts";
import type { RawRequest } from "./raw-request.ts";

/** Fields that show a form was made by the site for this session. */
export const tokenName = /^_?token$/u;

/** An urlencoded body as a browser on the site sends it. */
export const formBody = (
  siteUrl: string,
  fields: string,
): Required<Pick<RawRequest, "headers" | "body">> => ({
  headers: { "content-type": "application/x-www-form-urlencoded", origin: siteUrl },
  body: Buffer.from(fields),
});

/** Texts that have broken programs before. */
const dictionary = [
  "",
  " ",
  "\0",
  "a\0b",
  "\u0001\u0008\u001b[31m",
  "\u202e\u200b\ufeff",
  "\r\nset-cookie: a=b",
  "'\"><script>alert(1)</script>",
  "{{7*7}}${7*7}<%= 7*7 %>",
  "=cmd|' /C calc'!A0",
  "../../../../etc/passwd",
  "%00%E0%A4%A",
  "__proto__",
  "constructor",
  "toString",
  "null",
  "undefined",
  "true",
  "yes",
  "NaN",
  "Infinity",
  "-Infinity",
  "-1",
  "0",
  "0.001",
  "1e309",
  "1e3",
  "0x10",
  "９９９",
  "1,000",
  "9007199254740993",
  "99999999999999999999999999",
  "100000000000.00",
  "2026-02-30",
  "0000-00-00",
  "0000-01-01",
  "0001-01-01",
  "9999-12-30",
  "9999-12-31",
  "10000-01-01",
  "+275760-09-13",
  "2026-13",
  "9999-12",
  "11010519491231002X",
  "6222020000000000018",
  "a@b",
  `${"a".repeat(300)}@example.org`,
  "😀".repeat(50),
  "é".normalize("NFD").repeat(30),
  "長".repeat(5_000),
  "x".repeat(60_000),
  "approve",
  "language",
  "union",
];
const names = [
  "__proto__",
  "constructor",
  "toString",
  "a[b][c]",
  "a.b",
  "",
  "\0",
  "intent",
  "lang",
];

const anyText = (ids: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...dictionary, ...ids) },
    { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 50 }) },
  );

const endsSession = /\/(?:leave|sign-out)$/u;

/** A form with some of its fields changed, left out, doubled, or with others put in. */
const changedForm = ({ targets, ids }: People): fc.Arbitrary<readonly [Target, string]> =>
  fc
    .record({
      target: fc.constantFrom(...targets),
      changes: fc.array(
        fc.record({
          place: fc.nat(),
          how: fc.constantFrom("replace", "replace", "replace", "remove", "double", "add"),
          name: fc.oneof(fc.constantFrom(...names), fc.string({ unit: "binary", maxLength: 20 })),
          text: anyText(ids),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      keepsToken: fc.boolean(),
    })
    .map(({ target, changes, keepsToken }) => {
      const fields = target.fields.map(([name, value]) => [name, value] as [string, string]);
      for (const { place, how, name, text } of changes) {
        const changed = fields[place % Math.max(1, fields.length)];
        if (how === "add" || !changed) fields.push([name, text]);
        else if (how === "double") fields.push([changed[0], text]);
        // Without its token nothing of a form is read, so most keep it.
        else if (tokenName.test(changed[0]) && keepsToken) continue;
        else if (how === "replace") changed[1] = text;
        else fields.splice(fields.indexOf(changed), 1);
      }
      // Nobody signs out in the middle of the storm.
      const sent = endsSession.test(target.path)
        ? fields.filter(([name]) => !tokenName.test(name))
        : fields;
      return [target, new URLSearchParams(sent).toString()] as const;
    });

const oddBodies = [
  "%",
  "%zz=%zz&%E0%A4%A=%FF",
  "&&&&====&;;",
  "=",
  "a".repeat(200_000),
  "a=1&".repeat(20_000),
  "__proto__=x&__proto__[a]=b&constructor=x&hasOwnProperty=x&toString=1",
  '{"a":{"b":[1,2,3]}}',
  "--x\r\ncontent-disposition: form-data; name=a\r\n\r\nb\r\n--x--",
];

/** Any request that somebody who means no good, or has a broken program, might send. */
export const hostileRequest = (people: People, siteUrl: string): fc.Arbitrary<RawRequest> => {
  const { personas, targets, ids } = people;
  const posted = changedForm(people).map(([{ persona, path, method }, fields]): RawRequest => {
    const cookie = persona.visitor.cookieHeader();
    if (method === "GET") {
      return { method, path: `${path}?${fields}`.slice(0, 8_000), headers: { cookie } };
    }
    const { headers, body } = formBody(siteUrl, fields);
    return { method, path, headers: { ...headers, cookie }, body };
  });
  const odd = fc
    .record({
      target: fc.constantFrom(...targets),
      body: fc.oneof(
        fc.constantFrom(...oddBodies).map((text) => Buffer.from(text)),
        fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
      ),
      type: fc.constantFrom("", "; charset=utf-16", ";;;", '; boundary=""'),
      encoding: fc.constantFrom(undefined, "gzip", "x-nothing"),
    })
    .map(({ target, body, type, encoding }): RawRequest => ({
      method: "POST",
      path: target.path,
      body,
      headers: {
        "content-type": `application/x-www-form-urlencoded${type}`,
        cookie: target.persona.visitor.cookieHeader(),
        ...(encoding === undefined ? {} : { "content-encoding": encoding }),
      },
    }));
  const segment = fc.oneof(
    fc.constantFrom(...ids, ...programmes.map(({ id }) => id)),
    fc.constantFrom("papers", "new", "code", "file", "returns", "orders", "rejected", "1"),
    fc.constantFrom("union", "central", "in_approval", "receipt", "export", "cases", "funds"),
    anyText(ids).map((text) => text.slice(0, 2_500)),
  );
  const wandered = fc
    .record({
      persona: fc.constantFrom(...personas),
      root: fc.constantFrom(
        "apply",
        "status",
        "decide",
        "pin",
        "assets",
        "desk",
        "desk/sign-in",
        "desk/case",
        "desk/cases",
        "desk/funds",
        "desk/batches",
        "desk/export",
      ),
      segments: fc.array(segment, { maxLength: 4 }),
      query: fc.array(
        fc.tuple(fc.constantFrom("month", "lang", "after", "reference", ...names), anyText(ids)),
        {
          maxLength: 3,
        },
      ),
      method: fc.constantFrom("GET", "GET", "HEAD", "POST"),
      cookies: fc.constantFrom("", "; =; ;;a; __Host-desk=x; __Host-lang=<b>; __proto__=1"),
    })
    .map(({ persona, root, segments, query, method, cookies }): RawRequest => {
      const path = [root, ...segments.map((text) => encodeURIComponent(text.toWellFormed()))];
      const asked = query.length > 0 ? `?${new URLSearchParams(query).toString()}` : "";
      const cookie = `${persona.visitor.cookieHeader()}${cookies}`;
      return {
        method,
        path: `/${path.join("/")}${asked}`.slice(0, 8_000).replace(/%.?$/u, ""),
        headers: { cookie, ...(method === "POST" ? formBody(siteUrl, "").headers : {}) },
      };
    });
  return fc.oneof(
    { weight: 6, arbitrary: posted },
    { weight: 1, arbitrary: odd },
    { weight: 3, arbitrary: wandered },
  );
};
