/** RT keeps the last part of a file's name. */
export function fileName(name: string): string {
  return name.split(/[/\\]/).at(-1) || 'file';
}
