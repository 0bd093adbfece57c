/** The variables that a function's manifest entry names (environmentOf), as Lambda and the embedded run give them. */
export type Environment = Readonly<Record<string, string | undefined>>;
