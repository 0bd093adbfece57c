/** A form is sent once: a second tap on a slow line does nothing until the answer is there. */

const waitMsMax = 8_000;

/** The forms that are on their way, and the button that sent each. */
const onTheWay = new WeakMap<HTMLFormElement, EventTarget | null>();

const isDownload = (form: HTMLFormElement): boolean => form.hasAttribute("data-download");

/** Watches all forms of the page, also such as come into it later. */
export const sendOnce = (page: Document): void => {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented || isDownload(form)) return;
    if (onTheWay.has(form)) {
      event.preventDefault();
      return;
    }
    const { submitter } = event;
    onTheWay.set(form, submitter);
    submitter?.setAttribute("aria-busy", "true");
    const release = (): void => {
      onTheWay.delete(form);
      submitter?.removeAttribute("aria-busy");
    };
    // An answer that never comes, or one that is a file and leaves the page standing, must not lock the form.
    setTimeout(release, waitMsMax);
    // Back from the next page, browsers show this one as it was left.
    window.addEventListener("pageshow", release, { once: true });
  });
};
