declare module "asl-validator" {
  interface Result {
    readonly isValid: boolean;
    readonly errors: readonly { readonly message: string }[];
    readonly errorsText: (separator?: string) => string;
  }
  const validate: (definition: unknown) => Result;
  export = validate;
}
