/** The system's name for an error (`EACCES`), or what there is instead. */
export function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
