/** What a system keeps of a file's name: its last part. */
export function fileName(name: string): string {
  return name.split(/[/\\]/).at(-1) || 'file';
}
