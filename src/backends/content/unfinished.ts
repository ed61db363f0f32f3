/** The opposite of a word for what is over: "unresolved", "incomplete", "not yet fixed", "in resolution". */
export const unfinished =
  /\b(?:un|in|non?|not)[\s_-]*(?:yet[\s_-]*)?(?:re)?(?:sol[uv]|fixed|done|complete|finished|answered|verified|fulfilled)/i;
