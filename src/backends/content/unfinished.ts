const opposite =
  /\b(?:(?:un|non?|not)[\s_-]*(?:yet[\s_-]*)?(?:re)?(?:sol[uv]|fixed|done|complete|finished|answered|verified|fulfilled)|in(?:complete|[\s_-]+resolution))/;

/** The opposite of a word for what is over: "unresolved", "incomplete", "not yet fixed". What is closed so is over. */
export const unfinished = new RegExp(`^(?!.*(?:clos|cancel|reject)).*?${opposite.source}`, 'is');
