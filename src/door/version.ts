/** The version of this program, as in `package.json` (a test compares them). It stands here so that the built doors need no file beside them to know it. */
export const version = '0.1.0';
