import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "serve-applicant",
  purpose: "Pages for workers: apply, send papers, follow the case, mend what is missing.",
  trigger: {
    kind: "page",
    // Whatever no other function takes comes here, so that a wrong address is answered with a page, too.
    routes: ["ANY /", "ANY /{path+}"],
  },
  grants: { table: "read-write", papers: "read-write", workflow: true, mail: true },
  timeoutSeconds: 29,
  memoryMb: 512,
});
