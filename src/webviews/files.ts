/** The largest file that is sent along, in bytes. */
export const largestFile = 20 * 1024 * 1024;
/** So many go with one text. */
export const mostFiles = 10;
