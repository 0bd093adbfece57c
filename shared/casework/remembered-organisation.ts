/** One look at who works where for one request or job: a page asks for it many times, and it is some hundred rows. */
import type { Directory } from "#shared/ports/directory.ts";

/**
 * The directory, with the organisation read once and again after each change made through it. Made anew for every
 * request, so that a change of staff is in force with the next one.
 */
export const withRememberedOrganisation = (directory: Directory): Directory => {
  let known: ReturnType<Directory["organisation"]> | undefined;
  const forgetting =
    <Given extends readonly unknown[], Result>(change: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      try {
        return await change(...given);
      } finally {
        known = undefined;
      }
    };
  return {
    ...directory,
    organisation: async () => {
      known ??= directory.organisation();
      try {
        return await known;
      } catch (error) {
        known = undefined;
        throw error;
      }
    },
    putStaff: forgetting(directory.putStaff),
    putUnit: forgetting(directory.putUnit),
    saveStaff: forgetting(directory.saveStaff),
    saveUnit: forgetting(directory.saveUnit),
    setPin: forgetting(directory.setPin),
    setTotp: forgetting(directory.setTotp),
    countWrongPin: forgetting(directory.countWrongPin),
    clearWrongPins: forgetting(directory.clearWrongPins),
  };
};

/** What a request is given: all the same, and the organisation read once. */
export const inOneRequest = <Uses extends { readonly directory: Directory }>(uses: Uses): Uses => ({
  ...uses,
  directory: withRememberedOrganisation(uses.directory),
});
