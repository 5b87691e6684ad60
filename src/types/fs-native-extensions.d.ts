declare module "fs-native-extensions" {
  /** Tries an exclusive lock on the whole file; false while another open file holds it. */
  export function tryLock(fd: number): boolean;
}
