/** A flame in a circle, for the browser's tab. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#9a2a1c"/><path d="M17 5c1 5 7 7 7 14a8 8 0 0 1-16 0c0-4 3-5 4-9 2 1 3 3 3 5 2-3 3-6 2-10z" fill="#fff6dd"/></svg>`;
